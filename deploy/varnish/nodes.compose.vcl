# The web nodes of compose.yaml, and who may purge. Each node stands here twice: as one that is asked
# while it can make a page (/-/ready), and as one to ask when none can. Loaded by polyclinic.vcl.

acl purgers {
    # The networks of containers: nginx lets no purge through from outside.
    "localhost";
    "172.16.0.0"/12;
    "192.168.0.0"/16;
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

backend web1 { .host = "web1"; .port = "8000"; .probe = can_make_pages; .connect_timeout = 1s; .first_byte_timeout = 15s; }
backend web2 { .host = "web2"; .port = "8000"; .probe = can_make_pages; .connect_timeout = 1s; .first_byte_timeout = 15s; }
backend live1 { .host = "web1"; .port = "8000"; .connect_timeout = 1s; .first_byte_timeout = 15s; }
backend live2 { .host = "web2"; .port = "8000"; .connect_timeout = 1s; .first_byte_timeout = 15s; }

sub vcl_init {
    ready.add_backend(web1);
    ready.add_backend(web2);
    running.add_backend(live1);
    running.add_backend(live2);
}
