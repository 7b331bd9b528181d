//! Whether a page of ours speaks. Browsers say where a request or socket comes from; what another site's page sends is
//! refused, although no cookie could help it: it would guess codes through its visitor's place in the network.

/// Values of the headers of these names, as far as they were sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct Spoken<'a> {
    pub origin: Option<&'a str>,
    pub host: Option<&'a str>,
    pub sec_fetch_site: Option<&'a str>,
}

/// `own_address` is the public one, asked for only if needed: a proxy before us may have changed `Host`. Who sends neither is no browser.
pub fn is_ours(spoken: Spoken<'_>, own_address: impl FnOnce() -> String) -> bool {
    let Some(origin) = spoken.origin else {
        return matches!(spoken.sec_fetch_site, None | Some("same-origin" | "none"));
    };
    let authority = origin
        .strip_prefix("http://")
        .or_else(|| origin.strip_prefix("https://"));
    let authority = authority.filter(|a| !a.is_empty());
    let same_host = authority.is_some_and(|a| spoken.host.is_some_and(|host| a.eq_ignore_ascii_case(host)));
    same_host || origin.eq_ignore_ascii_case(&own_address())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(origin: Option<&str>, host: Option<&str>, site: Option<&str>) -> bool {
        is_ours(
            Spoken {
                origin,
                host,
                sec_fetch_site: site,
            },
            || "https://pingyi.example".to_owned(),
        )
    }

    #[test]
    fn only_our_own_pages_and_no_browser_at_all() {
        let host = Some("192.168.1.20:8080");
        assert!(ours(Some("http://192.168.1.20:8080"), host, None));
        assert!(
            ours(Some("https://pingyi.example"), host, Some("same-origin")),
            "behind a proxy"
        );
        assert!(ours(None, host, None));
        assert!(ours(None, host, Some("same-origin")));
        for (origin, site) in [
            (Some("http://evil.example"), None),
            (Some("null"), None),
            (Some("http://192.168.1.20"), None),
            (Some("http://192.168.1.20:8080.evil.example"), None),
            (None, Some("cross-site")),
            (None, Some("same-site")),
        ] {
            assert!(!ours(origin, host, site), "{origin:?} {site:?}");
        }
        assert!(!ours(Some("http://"), Some(""), None), "nobody is nobody");
    }
}
