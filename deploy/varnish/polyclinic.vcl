vcl 4.1;

# The edge of the public pages: a request of a patient in, the page as the web nodes made it out.
# It keeps what says how long it may be kept, drops it when a change purges one of its tags, and shows
# the last it had while no web node can make a page. Nothing of the admin comes through here.
#
# Start varnishd with -p http_gzip_support=off, so that brotli passes, and -p default_ttl=0.

import directors;
import std;
import xkey;

sub vcl_init {
    # Nodes that can make a page; and all that run, for when none can: they have a page that says so.
    new ready = directors.round_robin();
    new running = directors.round_robin();
}

# The nodes of this installation, and the addresses that may purge.
include "nodes.vcl";

sub vcl_recv {
    call purge_by_tag;
    call normalise;

    if (req.method !~ "^(GET|HEAD|POST)$") {
        return (synth(405));
    }
    set req.backend_hint = ready.backend();
    if (std.healthy(req.backend_hint) && !req.http.X-Stale-If-Error) {
        # Pages name the day and whether the clinic is open: never a second past their time.
        set req.grace = 0s;
    } else {
        set req.grace = 24h;
    }
    if (!std.healthy(req.backend_hint)) {
        set req.backend_hint = running.backend();
    }
    if (req.method == "POST") {
        # Kept, so that another node can be asked when the first is going.
        if (!std.cache_req_body(16KB)) {
            return (synth(413));
        }
        return (pass);
    }
    if (req.url ~ "^/(admin|-)(/|$)") {
        return (pass);
    }
    return (hash);
}

sub purge_by_tag {
    if (req.method == "PURGE") {
        # nginx sets X-Forwarded-Proto: what came through it came from outside.
        if (client.ip !~ purgers || req.http.X-Forwarded-Proto) {
            return (synth(403));
        }
        if (!req.http.xkey-purge) {
            return (synth(400));
        }
        set req.http.X-Purged = xkey.purge(req.http.xkey-purge);
        return (synth(200));
    }
}

sub normalise {
    # One spelling of what is the same page.
    if (req.http.host) {
        set req.http.host = regsub(std.tolower(req.http.host), "\.?(:\d+)?$", "");
    }
    if (req.http.X-Forwarded-Proto != "https") {
        set req.http.X-Forwarded-Proto = "http";
    }
    if (req.http.Accept-Encoding ~ "(^|,)\s*br\s*(,|;\s*q=(1|0\.[0-9]*[1-9])|$)") {
        set req.http.Accept-Encoding = "br";
    } elsif (req.http.Accept-Encoding ~ "(^|,)\s*gzip\s*(,|;\s*q=(1|0\.[0-9]*[1-9])|$)") {
        set req.http.Accept-Encoding = "gzip";
    } else {
        unset req.http.Accept-Encoding;
    }
    # The only parameters that a public page reads: campaign, search, place.
    set req.url = std.querysort(req.url);
    if (req.url ~ "\?") {
        set req.url = regsuball(req.url, "([?&])(?!(src|q|near)=)[^&]*", "\1");
        set req.url = regsuball(req.url, "&+", "&");
        set req.url = regsub(req.url, "\?&", "?");
        set req.url = regsub(req.url, "[?&]+$", "");
    }
    # Patients have no cookies, and nobody signs in here.
    unset req.http.Cookie;
    unset req.http.Authorization;
    unset req.http.X-Forwarded-Host;
    unset req.http.Forwarded;
    unset req.http.X-Purged;
    if (req.restarts == 0) {
        unset req.http.X-Stale-If-Error;
    }
}

sub vcl_hash {
    # Plain HTTP is answered with the way to HTTPS.
    hash_data(req.http.X-Forwarded-Proto);
}

sub vcl_backend_fetch {
    if (bereq.retries > 0 && std.healthy(ready.backend())) {
        set bereq.backend = ready.backend();
    }
}

sub keep_the_last_good_page {
    # An answer, even one that is not kept, would take its place. The reader's side goes on in
    # vcl_synth, and asks once more where there is no last good page.
    if (bereq.is_bgfetch || (bereq.method != "POST" && !bereq.http.X-Stale-If-Error)) {
        return (abandon);
    }
}

sub vcl_backend_response {
    if (beresp.status >= 500) {
        if (bereq.method != "POST" && bereq.retries < 1 && !bereq.http.X-Stale-If-Error) {
            return (retry);
        }
        call keep_the_last_good_page;
        # Not even as a mark that would hide the last good page.
        set beresp.ttl = 0s;
        set beresp.grace = 0s;
        set beresp.keep = 0s;
        set beresp.uncacheable = true;
        return (deliver);
    }
    if (bereq.uncacheable) {
        return (deliver);
    }
    if (beresp.http.Set-Cookie || beresp.http.Cache-Control ~ "private|no-store"
        || beresp.http.Cache-Control !~ "s-maxage=[1-9]|max-age=[1-9]") {
        set beresp.uncacheable = true;
        # For a moment its readers do not wait for each other.
        set beresp.ttl = 1s;
        set beresp.grace = 0s;
        return (deliver);
    }
    # Of one site, or of all: what nobody has to keep tags for.
    set beresp.http.xkey = beresp.http.Surrogate-Key + " everything host:" + bereq.http.host;
    set beresp.grace = 24h;
    # For "not modified since" of the node, beyond its time.
    set beresp.keep = 1h;
    return (deliver);
}

sub vcl_backend_error {
    if (bereq.retries < 1) {
        return (retry);
    }
    call keep_the_last_good_page;
    set beresp.http.Content-Type = "text/html; charset=utf-8";
    set beresp.http.Cache-Control = "no-store";
    set beresp.http.Retry-After = "10";
    set beresp.body = {"<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>We cannot show this page right now</title><h1>We cannot show this page right now</h1><p>The fault is ours. Please try again in a minute.</p><p>In an emergency call 911. 988 Suicide &amp; Crisis Lifeline: <a href="tel:988">call 988</a>, <a href="sms:988">text 988</a>.</p></html>"};
    return (deliver);
}

sub vcl_deliver {
    if (obj.hits > 0) {
        set resp.http.Cache-Status = "edge; hit";
        if (obj.ttl < 0s) {
            set resp.http.Cache-Status = "edge; hit; detail=stale";
        }
    } else {
        set resp.http.Cache-Status = "edge; fwd=miss";
    }
    # What only this cache is told: no purge reaches another on the way.
    set resp.http.Cache-Control = regsub(resp.http.Cache-Control, ",?\s*s-maxage=\d+", "");
    unset resp.http.xkey;
    unset resp.http.Surrogate-Key;
    unset resp.http.Via;
    unset resp.http.X-Varnish;
}

sub vcl_synth {
    if (resp.status == 503 && req.restarts == 0) {
        # The last good page is better than an apology, if there is one.
        set req.http.X-Stale-If-Error = "1";
        return (restart);
    }
    set resp.http.Content-Type = "text/plain; charset=utf-8";
    set resp.http.Cache-Control = "no-store";
    if (resp.status == 200) {
        set resp.body = req.http.X-Purged;
    } else {
        set resp.body = resp.reason;
    }
    return (deliver);
}
