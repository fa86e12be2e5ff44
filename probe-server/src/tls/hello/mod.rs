//! stub
use postern_shared::evidence::{HelloAnswer, Offer};
/// x
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Heard {
    /// x
    pub answer: HelloAnswer,
    /// x
    pub certificates: Vec<Vec<u8>>,
    /// x
    pub left_out: u32,
}
/// x
#[derive(Debug)]
pub struct HelloReader;
impl HelloReader {
    /// x
    pub fn new(_: &Offer) -> Self {
        Self
    }
    /// x
    pub fn push(&mut self, _: &[u8]) -> Option<Heard> {
        None
    }
    /// x
    pub fn closed(self) -> Heard {
        Heard {
            answer: HelloAnswer::Closed,
            certificates: vec![],
            left_out: 0,
        }
    }
    /// x
    pub fn timed_out(self) -> Heard {
        Heard {
            answer: HelloAnswer::TimedOut,
            certificates: vec![],
            left_out: 0,
        }
    }
}
/// x
pub fn write(_: &Offer, _: &str, _: &mut dyn FnMut() -> u8) -> Vec<u8> {
    Vec::new()
}
