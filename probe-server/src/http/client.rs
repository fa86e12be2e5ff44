//! Who asks.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;

use super::AppState;
use crate::advice;

/// The client's address, for counting alone: it is not logged.
#[derive(Clone, Copy, Debug)]
pub(super) struct Client(pub(super) IpAddr);

impl FromRequestParts<AppState> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        let named = match &state.client_header {
            Some(header) => last_address(&parts.headers, header),
            None => {
                advice::note_forwarded(&parts.headers);
                None
            }
        };
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let unknown = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
        let address = named.or_else(|| peer.map(|peer| peer.0.ip()));
        Ok(Self(address.unwrap_or(unknown)))
    }
}

/// The last address in a header: the one that the proxy nearest to us wrote itself.
fn last_address(headers: &HeaderMap, header: &axum::http::HeaderName) -> Option<IpAddr> {
    let value = headers.get_all(header).iter().next_back()?.to_str().ok()?;
    value.rsplit(',').next()?.trim().parse().ok()
}
