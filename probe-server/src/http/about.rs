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
<p>A visit is at most {connections} connections to port 25 of an address, and one each to its ports 465 and 587, one at
a time. The probe reads the greeting, says EHLO, asks HELP, VRFY and EXPN, and names a foreign recipient to see that your
server refuses to relay. Up to {hellos} of the connections end after STARTTLS and the first message of a TLS handshake,
which offers what is weak to see that your server refuses it; the last one sends a NOOP together with STARTTLS, to see that
your server throws it away. It never sends a message (no DATA), never logs in, and says QUIT wherever SMTP is spoken.</p>
{deep}
<p>{contact}</p>
</html>
"#,
        connections = etiquette.connections_per_address,
        hellos = etiquette.hellos_per_address,
        deep = deep(&state),
    ))
}

/// What is promised where scans may be deep: less.
fn deep(state: &AppState) -> String {
    if !state.limits.allowance().deep_scans {
        return String::new();
    }
    format!(
        "<p>This probe also makes deep scans, of servers whose owners ask for them: up to {} connections to a port.</p>",
        state.context.etiquette.deep_connections
    )
}

/// Text for HTML.
fn escape(raw: &str) -> String {
    text::visible(raw)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
