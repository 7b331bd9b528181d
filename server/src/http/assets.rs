//! The web client's files, embedded in the binary by `build.rs` and served from memory.
//! Nothing is compressed or read from disk at run time; what is sent was measured and tagged when it was built.

use axum::{
    body::Body,
    extract::Request,
    http::{
        HeaderMap, HeaderValue, Method, StatusCode,
        header::{
            ACCEPT_ENCODING, ALLOW, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_SECURITY_POLICY,
            CONTENT_TYPE, ETAG, HOST, IF_NONE_MATCH, REFERRER_POLICY, VARY, X_CONTENT_TYPE_OPTIONS,
        },
    },
    response::Response,
};

/// One file, and its copies made at build time where they are smaller.
struct Asset {
    path: &'static str,
    mime: &'static str,
    /// Weak, because all three codings of a file share it.
    etag: &'static str,
    /// The name carries a hash of the content.
    immutable: bool,
    raw: &'static [u8],
    gzip: Option<&'static [u8]>,
    brotli: Option<&'static [u8]>,
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// Longest `Host` that is repeated in the content policy; a name has at most 253 characters, and a port five.
const HOST_LIMIT_BYTES: usize = 260;

/// A page of its own, because a phone shows plain text too small to read and without a way on.
const NOT_FOUND: &str = "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\">\
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>404</title>\
<body style=\"margin:2em 1.2em;font:20px/1.6 sans-serif\">\
<h1 style=\"font-size:1.3em\">没有找到这个页面</h1><p>请核对网址或重新扫码；席卡上有代码的，也可以点下面进入会议后输入。</p>\
<p><a href=\"/\">进入会议</a></p>\
<p lang=\"en\">There is no such page; check the address or scan the code again. \
<a href=\"/\">Go to the meeting</a></p></body></html>\n";
const NO_CLIENT: &str = "404\n此程序构建时未包含网页。\nThis program was built without its pages.\n";

/// Serves a page or a file of the client. Meant as the fallback of the router.
pub async fn serve(request: Request) -> Response {
    respond(ASSETS, request.method(), request.uri().path(), request.headers())
}

/// Pages have short names without an extension; `/favicon.ico` is asked for by browsers that never saw our `<link>`.
fn file_of(path: &str) -> &str {
    match path {
        "/" => "/member.html",
        "/projector" => "/projector.html",
        "/chair" => "/chair.html",
        "/desk" => "/desk.html",
        "/public" => "/public.html",
        "/q" => "/q.html",
        "/subject" => "/subject.html",
        // The hall's tablet: the member's page, which looks at its address.
        "/booth" => "/member.html",
        "/favicon.ico" => "/icons/icon.svg",
        other => other,
    }
}

fn respond(assets: &'static [Asset], method: &Method, path: &str, headers: &HeaderMap) -> Response {
    if method != Method::GET && method != Method::HEAD {
        let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, "405\n");
        response
            .headers_mut()
            .insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    let wanted = file_of(path);
    let Ok(place) = assets.binary_search_by(|asset| asset.path.cmp(wanted)) else {
        let mut response = plain(
            StatusCode::NOT_FOUND,
            if assets.is_empty() { NO_CLIENT } else { NOT_FOUND },
        );
        if !assets.is_empty() {
            let html = HeaderValue::from_static("text/html; charset=utf-8");
            response.headers_mut().insert(CONTENT_TYPE, html);
        }
        return response;
    };
    let asset = &assets[place];
    let (body, coding) = representation(asset, headers);
    let known = is_known(asset, headers);
    let mut response = Response::new(match known || method == Method::HEAD {
        true => Body::empty(),
        false => Body::from(body),
    });
    let out = response.headers_mut();
    out.insert(ETAG, HeaderValue::from_static(asset.etag));
    out.insert(VARY, HeaderValue::from_static("accept-encoding"));
    out.insert(CACHE_CONTROL, HeaderValue::from_static(caching(asset)));
    out.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if asset.mime.starts_with("text/html") {
        out.insert(CONTENT_SECURITY_POLICY, content_policy(headers, wanted));
        out.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    }
    if known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return response;
    }
    out.insert(CONTENT_TYPE, HeaderValue::from_static(asset.mime));
    // Set by hand, because an empty answer to HEAD must still tell the length.
    out.insert(CONTENT_LENGTH, body.len().into());
    if let Some(coding) = coding {
        out.insert(CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    response
}

fn caching(asset: &Asset) -> &'static str {
    if asset.immutable {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    }
}

fn representation(asset: &Asset, headers: &HeaderMap) -> (&'static [u8], Option<&'static str>) {
    match asset {
        Asset { brotli: Some(body), .. } if accepts(headers, "br") => (body, Some("br")),
        Asset { gzip: Some(body), .. } if accepts(headers, "gzip") => (body, Some("gzip")),
        _ => (asset.raw, None),
    }
}

/// Whether the client named the coding without forbidding it by `q=0`. `*` is left aside: the plain file is always right.
fn accepts(headers: &HeaderMap, coding: &str) -> bool {
    let named = headers
        .get_all(ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok());
    named.flat_map(|value| value.split(',')).any(|item| {
        let mut parts = item.split(';').map(str::trim);
        let same = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(coding));
        same && !parts.any(is_forbidding)
    })
}

/// `q=0`, `Q = 0.000`.
fn is_forbidding(parameter: &str) -> bool {
    let Some((name, value)) = parameter.split_once('=') else {
        return false;
    };
    name.trim().eq_ignore_ascii_case("q") && value.trim().parse::<f32>().is_ok_and(|quality| quality == 0.0)
}

fn is_known(asset: &Asset, headers: &HeaderMap) -> bool {
    let bare = |tag: &'_ str| tag.trim().trim_start_matches("W/").to_owned();
    let ours = bare(asset.etag);
    let named = headers
        .get_all(IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok());
    named
        .flat_map(|value| value.split(','))
        .any(|tag| tag.trim() == "*" || bare(tag) == ours)
}

/// No inline code or style, nothing from elsewhere, and two named trusted-types policies: the framework's and the one that
/// starts workers. Sockets are named by host, since `'self'` covers them in Safari only from 15.4 on.
///
/// The public page alone may stand in another site's frame: it has no sign-in and takes no order.
fn content_policy(headers: &HeaderMap, page: &str) -> HeaderValue {
    let framed = if page == "/public.html" { "*" } else { "'none'" };
    let host = headers
        .get(HOST)
        .and_then(|value| value.to_str().ok())
        .filter(|host| is_host(host));
    let sockets = host
        .map(|host| format!(" ws://{host} wss://{host}"))
        .unwrap_or_default();
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; \
         media-src 'self'; connect-src 'self'{sockets}; manifest-src 'self'; worker-src 'self'; base-uri 'none'; \
         form-action 'self'; frame-ancestors {framed}; require-trusted-types-for 'script'; \
         trusted-types svelte-trusted-html pingyi-worker"
    );
    // The host was held to letters, digits and `.-:[]`, so this cannot fail; if it did, the strictest policy is the safe answer.
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
}

fn is_host(host: &str) -> bool {
    !host.is_empty()
        && host.len() <= HOST_LIMIT_BYTES
        && host
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte))
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    let out = response.headers_mut();
    out.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    out.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    out.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use http_body_util::BodyExt;

    static SAMPLE: &[Asset] = &[
        Asset {
            path: "/assets/member-1.js",
            mime: "text/javascript; charset=utf-8",
            etag: "W/\"1\"",
            immutable: true,
            raw: b"plain script",
            gzip: Some(b"gzipped"),
            brotli: Some(b"brotli"),
        },
        Asset {
            path: "/chair.html",
            mime: "text/html; charset=utf-8",
            etag: "W/\"2\"",
            immutable: false,
            raw: b"chair page",
            gzip: None,
            brotli: None,
        },
        Asset {
            path: "/icons/icon.svg",
            mime: "image/svg+xml",
            etag: "W/\"3\"",
            immutable: false,
            raw: b"<svg/>",
            gzip: None,
            brotli: None,
        },
        Asset {
            path: "/member.html",
            mime: "text/html; charset=utf-8",
            etag: "W/\"4\"",
            immutable: false,
            raw: b"member page",
            gzip: None,
            brotli: None,
        },
        Asset {
            path: "/public.html",
            mime: "text/html; charset=utf-8",
            etag: "W/\"5\"",
            immutable: false,
            raw: b"public page",
            gzip: None,
            brotli: None,
        },
    ];

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect()
    }

    fn ask(path: &str, pairs: &[(&'static str, &str)]) -> Response {
        respond(SAMPLE, &Method::GET, path, &headers(pairs))
    }

    fn header<'a>(response: &'a Response, name: &str) -> &'a str {
        response.headers().get(name).map_or("", |value| value.to_str().unwrap())
    }

    async fn text(response: Response) -> String {
        String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
    }

    #[tokio::test]
    async fn pages_have_short_names() {
        assert_eq!(text(ask("/", &[])).await, "member page");
        assert_eq!(text(ask("/chair", &[])).await, "chair page");
        assert_eq!(text(ask("/favicon.ico", &[])).await, "<svg/>");
        assert_eq!(header(&ask("/favicon.ico", &[]), "content-type"), "image/svg+xml");
    }

    #[tokio::test]
    async fn what_is_not_there_is_told_in_words() {
        for path in ["/chairs", "/assets/", "/assets/../chair.html", "//chair", "/CHAIR.html"] {
            let response = ask(path, &[]);
            assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
            assert_eq!(header(&response, "cache-control"), "no-store");
            assert_eq!(header(&response, "content-type"), "text/html; charset=utf-8");
            let page = text(response).await;
            assert!(page.contains("没有找到") && page.contains("width=device-width") && page.contains("href=\"/\""));
        }
        let empty = respond(&[], &Method::GET, "/", &HeaderMap::new());
        assert_eq!(empty.status(), StatusCode::NOT_FOUND);
        assert!(text(empty).await.contains("未包含网页"));
    }

    #[tokio::test]
    async fn the_smallest_accepted_coding_is_sent() {
        for (accepted, coding, body) in [
            ("gzip, deflate, br, zstd", "br", "brotli"),
            ("gzip, deflate", "gzip", "gzipped"),
            ("br;q=0, gzip;q=0.5", "gzip", "gzipped"),
            ("BR; Q=0.000 , GZIP", "gzip", "gzipped"),
            ("br;q=0,gzip;q=0", "", "plain script"),
            ("identity", "", "plain script"),
            ("", "", "plain script"),
        ] {
            let response = ask("/assets/member-1.js", &[("accept-encoding", accepted)]);
            assert_eq!(header(&response, "content-encoding"), coding, "{accepted}");
            assert_eq!(header(&response, "content-length"), body.len().to_string());
            assert_eq!(header(&response, "vary"), "accept-encoding");
            assert_eq!(text(response).await, body);
        }
    }

    #[tokio::test]
    async fn what_the_browser_has_is_not_sent_again() {
        for known in ["W/\"1\"", "\"1\"", "\"7\", W/\"1\"", "*"] {
            let response = ask("/assets/member-1.js", &[("if-none-match", known)]);
            assert_eq!(response.status(), StatusCode::NOT_MODIFIED, "{known}");
            assert_eq!(header(&response, "etag"), "W/\"1\"");
            assert_eq!(text(response).await, "");
        }
        let changed = ask("/assets/member-1.js", &[("if-none-match", "W/\"11\"")]);
        assert_eq!(changed.status(), StatusCode::OK);
    }

    #[test]
    fn hashed_names_are_kept_for_ever_and_pages_asked_for_each_time() {
        assert_eq!(
            header(&ask("/assets/member-1.js", &[]), "cache-control"),
            "public, max-age=31536000, immutable"
        );
        assert_eq!(header(&ask("/", &[]), "cache-control"), "no-cache");
        assert_eq!(header(&ask("/", &[]), "x-content-type-options"), "nosniff");
    }

    #[tokio::test]
    async fn head_tells_the_length_without_the_body_and_other_methods_are_refused() {
        let response = respond(SAMPLE, &Method::HEAD, "/", &HeaderMap::new());
        assert_eq!(header(&response, "content-length"), "11");
        assert_eq!(text(response).await, "");
        let refused = respond(SAMPLE, &Method::POST, "/", &HeaderMap::new());
        assert_eq!(refused.status(), StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(header(&refused, "allow"), "GET, HEAD");
    }

    #[test]
    fn the_content_policy_names_the_sockets_of_a_sound_host_only() {
        let policy = |host: &str| header(&ask("/", &[("host", host)]), "content-security-policy").to_owned();
        assert!(policy("meet.lan:8080").contains("connect-src 'self' ws://meet.lan:8080 wss://meet.lan:8080;"));
        assert!(policy("[fe80::1]:80").contains("ws://[fe80::1]:80"));
        for unsound in ["evil; script-src *", "a b", "x,y", &"a".repeat(300)] {
            assert!(
                policy(unsound).contains("connect-src 'self'; manifest-src"),
                "{unsound}"
            );
        }
        assert!(!policy("meet.lan").contains("unsafe"));
        // Nobody frames a page that takes orders; the public page stands in the committee's own website.
        let framed = |page: &str| header(&ask(page, &[]), "content-security-policy").contains("frame-ancestors *");
        assert!(!framed("/") && framed("/public"));
        assert_eq!(header(&ask("/assets/member-1.js", &[]), "content-security-policy"), "");
    }

    #[test]
    fn the_embedded_table_is_sorted_as_the_search_expects() {
        assert!(ASSETS.is_sorted_by(|a, b| a.path < b.path));
        if !ASSETS.is_empty() {
            for page in [
                "/",
                "/projector",
                "/chair",
                "/desk",
                "/public",
                "/q",
                "/subject",
                "/favicon.ico",
                "/manifest.webmanifest",
            ] {
                assert_eq!(
                    respond(ASSETS, &Method::GET, page, &HeaderMap::new()).status(),
                    StatusCode::OK,
                    "{page}"
                );
            }
        }
    }
}
