//! SPF trees, and one sender against a record.

use super::cause::{cause, problem, unwise};
use super::numbers::{count, number};
use crate::spf::{Cause, NoteCode, Outcome, Problem, SpfResult, TermNode, TraceEvent, Tree};
use crate::wording::sentence::say;
use crate::wording::{Sentence, grouped};

/// What an SPF tree comes to.
pub(in crate::wording) fn spf_tree(tree: &Tree) -> Sentence {
    let mut said = say!(
        "ارزیابی آن {0} می‌خواهد و سقف مجاز ده تاست.",
        count(tree.lookups, "پرس‌وجو")
    );
    if tree.void_lookups_ipv4 > 0 {
        said = said.then(say!(
            "پرس‌وجوهایی که چیزی نمی‌یابند: {0}، و سقف مجاز دو تاست.",
            number(tree.void_lookups_ipv4)
        ));
    }
    said = said.then(spf_passing(tree));
    if tree.truncated {
        said = said.then(say!(
            "درخت بزرگ‌تر از آن است که کسی ارزیابی کند: همه‌ی آن دنبال نشد."
        ));
    }
    said
}

/// How many addresses and networks an SPF tree lets pass.
pub(in crate::wording) fn spf_passing(tree: &Tree) -> Sentence {
    let ipv4 = number(grouped(tree.ipv4_addresses));
    let said = if tree.is_cut_off() {
        say!(
            "تا جایی که توانستیم ببینیم، شمار آدرس‌های `IPv4` که اجازه دارند: {0}.",
            ipv4
        )
    } else {
        say!("شمار آدرس‌های `IPv4` که اجازه دارند: {0}.", ipv4)
    };
    if tree.ipv6_networks == 0 {
        return said;
    }
    let ipv6 = number(grouped(tree.ipv6_networks));
    said.then(say!(
        "شمار شبکه‌های `IPv6` (`/64`) که اجازه دارند: {0}.",
        ipv6
    ))
}

/// What a term costs and lets pass, with what is below it.
pub(in crate::wording) fn spf_cost(term: &TermNode) -> Sentence {
    let words = [say!(" پرس‌وجو"), say!(" آدرس `IPv4`"), say!(" شبکه‌ی `IPv6`")];
    let mut said = Sentence::default();
    for (n, words) in term.figures().into_iter().zip(words) {
        if n > 0 {
            said.append(Sentence::text(if said.0.is_empty() { "" } else { "، " }));
            said.append(number(grouped(n)));
            said.append(words);
        }
    }
    said
}

/// What ends an evaluation at a term, or below it, as a clause.
pub(in crate::wording) fn spf_problem(problem: &Problem) -> Sentence {
    match &problem.cause {
        Cause::TooManyLookups => say!(
            "پرس‌وجوی یازدهم اینجاست: هر که تا اینجا با چیزی جور نشده باشد خطا می‌گیرد (`permerror`)"
        ),
        other => cause(&problem.domain, other),
    }
}

/// What is unwise about a term, as a clause.
pub(in crate::wording) fn spf_note(code: &NoteCode) -> Sentence {
    unwise(code)
}

/// Whether the sender may send, and why no term decided where none did.
pub(in crate::wording) fn spf_outcome(outcome: &Outcome) -> Sentence {
    let said = match outcome.result {
        SpfResult::Pass => say!("آری (`pass`): رکورد به این سرور اجازه‌ی فرستادن می‌دهد."),
        SpfResult::Fail => say!("نه (`fail`): رکورد این سرور را رد می‌کند."),
        SpfResult::SoftFail => say!("احتمالاً نه (`softfail`): رکورد این سرور را مشکوک می‌شمارد."),
        SpfResult::Neutral => say!("رکورد درباره‌ی این سرور چیزی نمی‌گوید (`neutral`)."),
        SpfResult::None => say!("رکوردی نیست که به آن رجوع شود (`none`)."),
        SpfResult::TempError => say!("اکنون نتوانستیم این را ببینیم (`temperror`)."),
        SpfResult::PermError => say!("گیرنده‌ها از این رکورد سر در نمی‌آورند (`permerror`)."),
    };
    match &outcome.cause {
        Some(why) => said.then(say!("علت: {0}.", problem(why))),
        None => said,
    }
}

/// What came of a term, as a clause.
pub(in crate::wording) fn spf_event(event: TraceEvent) -> Sentence {
    let word = |result: SpfResult| Sentence::code(result.as_str());
    match event {
        TraceEvent::Matched { result } => say!("جور است: {0}", word(result)),
        TraceEvent::NotMatched => say!("جور نیست"),
        TraceEvent::Void => say!("چیزی نمی‌یابد"),
        TraceEvent::Included { result } => {
            say!("رکوردی که آورده شده می‌گوید {0}، پس جور نیست", word(result))
        }
        TraceEvent::Redirected { result } => say!("رکورد آنجا تصمیم می‌گیرد: {0}", word(result)),
        TraceEvent::Stopped => say!("ارزیابی همین‌جا پایان می‌یابد"),
    }
}
