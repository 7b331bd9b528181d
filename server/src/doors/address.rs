//! Where phones reach this program: what QR codes encode. The desk's word counts, then the setting, then a guess from
//! this machine's networks.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::protocol::call::AddressView;

/// A DNS name has at most 253 characters.
const HOST_CHARS_MAX: usize = 253;
/// Interfaces of containers, virtual machines and tunnels, on which no phone ever comes in.
const VIRTUAL: [&str; 12] = [
    "docker",
    "veth",
    "br-",
    "virbr",
    "vmnet",
    "vboxnet",
    "vethernet",
    "cni",
    "flannel",
    "tun",
    "tap",
    "utun",
];
/// Guesses shown at the desk.
const GUESSES_MAX: usize = 8;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an address that a phone could open")]
pub struct BadAddress;

/// The port listened on, and the address if the settings name one.
#[derive(Clone, Debug)]
pub struct PublicAddress {
    port: u16,
    given: Option<String>,
}

impl PublicAddress {
    /// `given` as in the settings: checked here.
    pub fn new(port: u16, given: Option<&str>) -> Result<Self, BadAddress> {
        Ok(Self {
            port,
            given: given.map(checked).transpose()?,
        })
    }

    /// The base of all links, without a slash at the end. `desk` is what the desk set.
    pub fn base(&self, desk: Option<&str>) -> String {
        self.view(desk).address
    }

    pub fn view(&self, desk: Option<&str>) -> AddressView {
        let guesses = rank(&interfaces());
        let guesses: Vec<String> = guesses
            .into_iter()
            .take(GUESSES_MAX)
            .map(|ip| origin(ip, self.port))
            .collect();
        let address = desk
            .map(str::to_owned)
            .or_else(|| self.given.clone())
            .or_else(|| guesses.first().cloned())
            .unwrap_or_else(|| origin(IpAddr::V4(Ipv4Addr::LOCALHOST), self.port));
        let reachable = !is_loopback(&address);
        AddressView {
            address,
            guesses,
            reachable,
        }
    }
}

/// An address as typed at the desk, as it is used: http or https, a host, perhaps a port, no path.
pub fn checked(typed: &str) -> Result<String, BadAddress> {
    let typed = typed.trim().to_ascii_lowercase();
    let (scheme, rest) = typed.split_once("://").ok_or(BadAddress)?;
    if scheme != "http" && scheme != "https" {
        return Err(BadAddress);
    }
    let (host, port) = split(rest.strip_suffix('/').unwrap_or(rest))?;
    let port = match port {
        None => String::new(),
        Some(port) if port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|n| n > 0) => {
            format!(":{port}")
        }
        Some(_) => return Err(BadAddress),
    };
    if is_host(host) {
        Ok(format!("{scheme}://{host}{port}"))
    } else {
        Err(BadAddress)
    }
}

/// Host and port of an authority; the brackets of an IPv6 address stay.
fn split(authority: &str) -> Result<(&str, Option<&str>), BadAddress> {
    let host_end = if authority.starts_with('[') {
        authority.find(']').ok_or(BadAddress)? + 1
    } else {
        authority.find(':').unwrap_or(authority.len())
    };
    let (host, rest) = authority.split_at(host_end);
    match rest.strip_prefix(':') {
        Some(port) => Ok((host, Some(port))),
        None if rest.is_empty() => Ok((host, None)),
        None => Err(BadAddress),
    }
}

fn is_host(host: &str) -> bool {
    if let Some(inner) = host.strip_prefix('[').and_then(|h| h.strip_suffix(']')) {
        return inner.parse::<Ipv6Addr>().is_ok_and(|ip| !ip.is_unspecified());
    }
    if host.is_empty() || host.len() > HOST_CHARS_MAX {
        return false;
    }
    let numeric = host.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if numeric {
        return host
            .parse::<Ipv4Addr>()
            .is_ok_and(|ip| !ip.is_unspecified() && !ip.is_broadcast());
    }
    host.split('.').all(|label| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    })
}

fn is_loopback(origin: &str) -> bool {
    let Some((_, authority)) = origin.split_once("://") else {
        return false;
    };
    let Ok((host, _)) = split(authority) else {
        return false;
    };
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || host.ends_with(".localhost") || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

fn origin(ip: IpAddr, port: u16) -> String {
    let host = match ip {
        IpAddr::V4(v4) => v4.to_string(),
        IpAddr::V6(v6) => format!("[{v6}]"),
    };
    if port == 80 {
        format!("http://{host}")
    } else {
        format!("http://{host}:{port}")
    }
}

/// Names and addresses of this machine's networks; none if the system does not tell.
fn interfaces() -> Vec<(String, IpAddr)> {
    match if_addrs::get_if_addrs() {
        Ok(all) => all.into_iter().map(|one| (one.name.clone(), one.ip())).collect(),
        Err(error) => {
            tracing::warn!(%error, "cannot list this machine's networks");
            Vec::new()
        }
    }
}

/// The likeliest first: private IPv4 as routers of halls and homes give it, other IPv4, then IPv6.
fn rank(interfaces: &[(String, IpAddr)]) -> Vec<IpAddr> {
    let mut found: Vec<(u8, IpAddr)> = interfaces
        .iter()
        .filter(|(name, _)| !VIRTUAL.iter().any(|start| name.to_ascii_lowercase().starts_with(start)))
        .filter_map(|(_, ip)| likelihood(*ip).map(|rank| (rank, *ip)))
        .collect();
    found.sort();
    found.dedup();
    found.into_iter().map(|(_, ip)| ip).collect()
}

/// Lower is likelier; none where no phone can come in.
fn likelihood(ip: IpAddr) -> Option<u8> {
    match ip {
        IpAddr::V4(v4) if v4.is_loopback() || v4.is_link_local() || v4.is_unspecified() => None,
        IpAddr::V4(v4) => Some(match v4.octets() {
            [192, 168, ..] => 0,
            [10, ..] => 1,
            [172, 16..=31, ..] => 2,
            _ => 3,
        }),
        IpAddr::V6(v6) if v6.is_loopback() || v6.is_unspecified() || v6.is_unicast_link_local() => None,
        IpAddr::V6(v6) => Some(if v6.is_unique_local() { 4 } else { 5 }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_likeliest_network_comes_first_and_virtual_ones_not_at_all() {
        let interfaces: Vec<(String, IpAddr)> = [
            ("lo", "127.0.0.1"),
            ("docker0", "172.17.0.1"),
            ("veth12ab", "192.168.77.1"),
            ("eth1", "fe80::1"),
            ("eth1", "2001:db8::5"),
            ("eth1", "fd00::5"),
            ("eth2", "169.254.3.4"),
            ("eth3", "172.20.0.8"),
            ("wlan1", "10.1.2.3"),
            ("wlan0", "192.168.1.20"),
            ("ppp0", "203.0.113.9"),
        ]
        .map(|(name, ip)| (name.to_owned(), ip.parse().unwrap()))
        .into();
        let ranked: Vec<String> = rank(&interfaces).iter().map(ToString::to_string).collect();
        assert_eq!(
            ranked,
            [
                "192.168.1.20",
                "10.1.2.3",
                "172.20.0.8",
                "203.0.113.9",
                "fd00::5",
                "2001:db8::5"
            ]
        );
    }

    #[test]
    fn an_address_is_taken_only_if_a_phone_could_open_it() {
        for (typed, used) in [
            (" http://192.168.1.20:8080/ ", "http://192.168.1.20:8080"),
            ("HTTPS://Pingyi.Example.gov.cn", "https://pingyi.example.gov.cn"),
            ("http://hall-1", "http://hall-1"),
            ("http://[fd00::5]:80", "http://[fd00::5]:80"),
        ] {
            assert_eq!(checked(typed).as_deref(), Ok(used), "{typed}");
        }
        for typed in [
            "",
            "192.168.1.20:8080",
            "ftp://a",
            "http://",
            "http:///",
            "http://a/b",
            "http://a?x",
            "http://a#x",
            "http://user@a",
            "http://a:0",
            "http://a:70000",
            "http://a:+80",
            "http://a:",
            "http://256.1.1.1",
            "http://1.2.3",
            "http://0.0.0.0",
            "http://-a",
            "http://a..b",
            "http://会议室",
            "http://a b",
            "http://[::1",
            "http://[::1]x",
            "javascript://a",
        ] {
            assert_eq!(checked(typed), Err(BadAddress), "{typed}");
        }
    }

    #[test]
    fn the_desks_word_counts_before_the_setting() {
        let address = PublicAddress::new(8080, Some("http://hall.lan:8080/")).unwrap();
        assert_eq!(address.base(None), "http://hall.lan:8080");
        assert_eq!(address.base(Some("https://b")), "https://b");
        assert!(address.view(None).reachable);
        assert!(PublicAddress::new(8080, Some("hall")).is_err());
    }

    #[test]
    fn an_address_of_this_machine_alone_is_told() {
        for loopback in [
            "http://127.0.0.1:8080",
            "http://localhost",
            "http://[::1]:8080",
            "http://a.localhost:1",
        ] {
            assert!(
                !PublicAddress::new(1, Some(loopback)).unwrap().view(None).reachable,
                "{loopback}"
            );
        }
    }

    #[test]
    fn the_usual_port_is_left_out() {
        assert_eq!(origin("10.0.0.1".parse().unwrap(), 80), "http://10.0.0.1");
        assert_eq!(origin("fd00::5".parse().unwrap(), 8080), "http://[fd00::5]:8080");
    }
}
