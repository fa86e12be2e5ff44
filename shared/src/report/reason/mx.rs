//! What can be said about MX records.

use std::net::IpAddr;

use serde::Serialize;

use crate::dns::Name;

/// Why a finding about MX records has its status. What other checks say of a domain's shape too (no MX, null
/// MX, an exchange without an address, …) is in [`super::Reason`].
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "code")]
pub enum MxReason {
    /// Every record names a host with an address.
    #[serde(rename = "mx_valid")]
    Valid {
        /// How many exchanges.
        exchanges: u32,
    },
    /// The null MX stands beside other records (RFC 7505 §3).
    #[serde(rename = "mx_null_beside_others")]
    NullBesideOthers,
    /// No mail comes in, and none can be sent in the domain's name: SPF and DMARC disown all of it.
    #[serde(rename = "mx_parked")]
    Parked,
    /// No mail comes in, but SPF or DMARC do not disown all that is sent in the domain's name.
    #[serde(rename = "mx_not_disowned")]
    NotDisowned,
    /// The domain takes no mail, but its SPF record names servers that send: many receivers refuse such mail
    /// (RFC 7505 §4.2).
    #[serde(rename = "mx_null_sends")]
    NullSends,
    /// Neither an MX record nor an address: mail for the domain is returned only after many attempts.
    #[serde(rename = "mx_nothing")]
    Nothing,
    /// The exchange is an alias (RFC 2181 §10.3, RFC 5321 §5.1).
    #[serde(rename = "mx_alias")]
    Alias {
        /// What the MX record says.
        exchange: Name,
        /// Where its CNAMEs lead.
        alias_of: Name,
    },
    /// The name of the exchange does not exist.
    #[serde(rename = "mx_dangling")]
    Dangling {
        /// What the MX record says.
        exchange: Name,
        /// The name is another's: who gets hold of it gets the mail.
        foreign: bool,
    },
    /// None of the exchange's addresses is a public one.
    #[serde(rename = "mx_not_public")]
    NotPublic {
        /// What the MX record says.
        exchange: Name,
        /// The first address.
        address: IpAddr,
    },
    /// None of the exchanges has an IPv4 address.
    #[serde(rename = "mx_ipv6_only")]
    Ipv6Only,
    /// Several exchanges, and all at one address.
    #[serde(rename = "mx_one_address")]
    OneAddress {
        /// The address.
        address: IpAddr,
    },
}
