//! Replies of mail servers (RFC 5321 §4.2).

use postern_shared::smtp::ReplyReader;

/// A stream of replies: however it is cut into pieces, the same replies come of it.
pub fn smtp_reply(octets: &[u8]) {
    let mut reader = ReplyReader::new();
    let whole = reader.push(octets);
    let midway = reader.is_midway();
    let mut reader = ReplyReader::new();
    let mut pieces = Vec::new();
    let mut failed = None;
    for piece in octets.chunks(3) {
        match reader.push(piece) {
            Ok(replies) => pieces.extend(replies),
            Err(error) => {
                failed = Some(error);
                break;
            }
        }
    }
    match (whole, failed) {
        (Ok(whole), None) => {
            assert_eq!(pieces, whole);
            assert_eq!(reader.is_midway(), midway);
        }
        (Err(whole), Some(failed)) => assert_eq!(failed, whole),
        (whole, failed) => panic!("{whole:?}, in pieces {failed:?}"),
    }
    for reply in pieces {
        let _ = reply.enhanced();
        assert!((200..600).contains(&reply.code));
        assert!(
            !reply
                .to_string()
                .lines()
                .any(|line| line.chars().any(char::is_control))
        );
    }
}
