//! stub
use postern_shared::evidence::{HelloAnswer, Offer};
/// x
#[derive(Clone, Copy, Debug)]
pub struct TaskId;
/// x
#[derive(Debug)]
pub struct Enumeration;
impl Enumeration {
    /// x
    pub fn new() -> Self {
        Self
    }
    /// x
    pub fn next(&mut self) -> Option<(TaskId, Offer)> {
        None
    }
    /// x
    pub fn heard(&mut self, _: TaskId, _: &HelloAnswer) {}
}
