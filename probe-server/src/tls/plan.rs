//! stub
use postern_shared::evidence::{HelloAnswer, Offer, TlsFact};
/// x
#[derive(Debug)]
pub struct Plan;
impl Plan {
    /// x
    pub fn new(_: Option<&TlsFact>, _: u8) -> Self {
        Self
    }
    /// x
    pub fn next(&mut self) -> Option<Offer> {
        None
    }
    /// x
    pub fn heard(&mut self, _: &Offer, _: &HelloAnswer) {}
}
