//! `/about-probe`: for people who find us in the logs of their mail server.

use axum::extract::State;
use axum::response::Html;
use postern_shared::text;

use super::AppState;

/// Who we are, what we did, and how to be left alone.
pub(super) async fn show(State(state): State<AppState>) -> Html<String> {
    let etiquette = state.context.etiquette;
    let name = escape(&state.context.ehlo_name);
    let contact = state.contact.as_deref().map_or_else(
        || "The operator of this server has not given an address to write to.".to_owned(),
        |contact| {
            format!(
                "To have your domains left out, write to <strong>{}</strong>.",
                escape(contact)
            )
        },
    );
    Html(format!(
        r#"<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>About this probe</title>
<h1>About this probe</h1>
<p>Your mail server was visited by <strong>{name}</strong>, a probe of Postern, a scanner of mail security.
Somebody asked it how well the mail of a domain is protected whose MX records name your server.</p>
<p>A visit is at most {connections} connections to an address, one at a time. The probe reads the greeting, says EHLO,
asks HELP, VRFY and EXPN, tries STARTTLS, and names a foreign recipient to see that your server refuses to relay.
It never sends a message (no DATA), never logs in, and says QUIT.</p>
<p>{contact}</p>
</html>
"#,
        connections = etiquette.connections_per_address,
    ))
}

/// Text for HTML.
fn escape(raw: &str) -> String {
    text::visible(raw)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
