# The web nodes of this installation, and who may purge. Each node stands here twice: as one that is asked
# while it can make a page (/-/ready), and as one to ask when none can. Loaded by polyclinic.vcl.

acl purgers {
    # The admin nodes and their workers.
    "localhost";
    "10.0.0.20";
}

probe can_make_pages {
    .request = "GET /-/ready HTTP/1.1" "Host: probe" "X-Forwarded-Proto: https" "Connection: close";
    .interval = 1s;
    .timeout = 2s;
    .window = 3;
    .threshold = 2;
    # Until it is known to be ill.
    .initial = 2;
}

backend web1 { .host = "10.0.0.11"; .port = "8000"; .probe = can_make_pages; .connect_timeout = 1s; .first_byte_timeout = 15s; }
backend web2 { .host = "10.0.0.12"; .port = "8000"; .probe = can_make_pages; .connect_timeout = 1s; .first_byte_timeout = 15s; }
backend live1 { .host = "10.0.0.11"; .port = "8000"; .connect_timeout = 1s; .first_byte_timeout = 15s; }
backend live2 { .host = "10.0.0.12"; .port = "8000"; .connect_timeout = 1s; .first_byte_timeout = 15s; }

sub vcl_init {
    ready.add_backend(web1);
    ready.add_backend(web2);
    running.add_backend(live1);
    running.add_backend(live2);
}
