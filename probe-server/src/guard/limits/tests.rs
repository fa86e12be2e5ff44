//! Limits, with time given from outside.

use super::*;

fn domain(text: &str) -> DomainName {
    DomainName::parse(text).unwrap()
}

fn limits(scans_per_minute: u32, scans_at_once: usize) -> Limits {
    let allowance = Allowance {
        scans_per_minute,
        scans_at_once,
        ..Allowance::default()
    };
    Limits::new(allowance, OptOuts::default())
}

const CLIENT: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));

#[test]
fn one_scan_of_a_domain_at_a_time_and_then_a_pause() {
    let limits = limits(100, 10);
    let now = Instant::now();
    let permit = limits
        .admit_scan(CLIENT, &domain("a.example"), now)
        .unwrap();
    let denied = |at| {
        limits
            .admit_scan(CLIENT, &domain("a.example"), at)
            .map(drop)
            .unwrap_err()
    };
    assert_eq!(denied(now).code, RefusalCode::CoolingDown);
    limits
        .admit_scan(CLIENT, &domain("b.example"), now)
        .unwrap();
    permit.finish();
    let denial = denied(now + Duration::from_secs(20));
    assert_eq!(denial.code, RefusalCode::CoolingDown);
    assert!(matches!(denial.retry_after, Some(40 | 41)), "{denial:?}");
    let later = Instant::now() + Duration::from_secs(60);
    limits
        .admit_scan(CLIENT, &domain("a.example"), later)
        .unwrap();
}

#[test]
fn who_stops_a_scan_may_begin_again_soon() {
    let limits = limits(100, 10);
    let ask = |at| limits.admit_scan(CLIENT, &domain("a.example"), at);
    let now = Instant::now();
    drop(ask(now).unwrap());
    let denial = ask(now).map(drop).unwrap_err();
    assert_eq!(denial.code, RefusalCode::CoolingDown);
    assert!(denial.retry_after <= Some(5), "{denial:?}");
    ask(Instant::now() + Duration::from_secs(5))
        .unwrap()
        .finish();
}

#[test]
fn places_are_bounded_and_given_back() {
    let limits = limits(100, 1);
    let now = Instant::now();
    let permit = limits
        .admit_scan(CLIENT, &domain("a.example"), now)
        .unwrap();
    let denial = limits
        .admit_scan(CLIENT, &domain("b.example"), now)
        .map(drop)
        .unwrap_err();
    assert_eq!(denial.code, RefusalCode::Busy);
    drop(permit);
    limits
        .admit_scan(CLIENT, &domain("b.example"), now)
        .unwrap();
}

#[test]
fn no_client_takes_every_place() {
    let limits = limits(1000, Allowance::default().scans_at_once);
    let now = Instant::now();
    let ask = |client: &str, n: usize| {
        let domain = domain(&format!("d{n}.example"));
        limits.admit_scan(client.parse().unwrap(), &domain, now)
    };
    let mut permits: Vec<_> = (0..3).map(|n| ask("2001:db8::1", n).unwrap()).collect();
    let denial = ask("2001:db8::2", 3).map(drop).unwrap_err();
    assert_eq!(denial.code, RefusalCode::TooManyRequests);
    assert!(denial.retry_after.is_some());
    // Others find room, and the client does again when one of its scans has ended.
    let _other = ask("192.0.2.9", 3).unwrap();
    drop(permits.pop());
    permits.push(ask("2001:db8::2", 4).unwrap());
    drop(permits);
    assert_eq!(limits.running.clients(), 1);
}

#[test]
fn a_client_has_its_share_and_gets_it_back_with_time() {
    let limits = limits(2, 10);
    let now = Instant::now();
    let ask = |client: &str, name: &str, at| {
        limits
            .admit_scan(client.parse().unwrap(), &domain(name), at)
            .map(drop)
    };
    ask("2001:db8::1", "a.example", now).unwrap();
    ask("2001:db8::2", "b.example", now).unwrap();
    // The same /64: the same client.
    let denial = ask("2001:db8::3", "c.example", now).unwrap_err();
    assert_eq!(denial.code, RefusalCode::TooManyRequests);
    assert_eq!(denial.retry_after, Some(30));
    ask("2001:db8:0:1::1", "c.example", now).unwrap();
    let early = now + Duration::from_secs(29);
    assert!(ask("2001:db8::3", "d.example", early).is_err());
    let in_time = now + Duration::from_secs(30);
    ask("2001:db8::3", "d.example", in_time).unwrap();
    // An IPv4 client counts as itself, however it is written.
    ask("192.0.2.7", "e.example", now).unwrap();
    ask("::ffff:192.0.2.7", "f.example", now).unwrap();
    assert!(ask("192.0.2.7", "g.example", now).is_err());
}

#[test]
fn the_books_do_not_grow_without_end() {
    let limits = limits(1, 10);
    let now = Instant::now();
    for n in 0..REMEMBERED {
        let n = u32::try_from(n).unwrap();
        drop(limits.admit_question(IpAddr::V4(n.into()), now).unwrap());
    }
    // Everyone's bucket lacks a token, so that nobody can be forgotten; a stranger waits.
    let stranger = "203.0.113.1".parse().unwrap();
    let denial = limits.admit_question(stranger, now).map(drop).unwrap_err();
    assert_eq!(denial.code, RefusalCode::Busy);
    let later = now + Duration::from_secs(60);
    drop(limits.admit_question(stranger, later).unwrap());
    assert_eq!(limits.books.lock().unwrap().questions.len(), 1);
}

#[test]
fn open_sockets_of_one_client_are_bounded_and_forgotten() {
    let allowance = Allowance {
        sockets_per_client: 2,
        ..Allowance::default()
    };
    let limits = Limits::new(allowance, OptOuts::default());
    let first = limits.admit_socket(CLIENT).unwrap();
    let _second = limits.admit_socket(CLIENT).unwrap();
    let denial = limits.admit_socket(CLIENT).map(drop).unwrap_err();
    assert_eq!(denial.code, RefusalCode::TooManyRequests);
    drop(limits.admit_socket("192.0.2.2".parse().unwrap()).unwrap());
    drop(first);
    drop(limits.admit_socket(CLIENT).unwrap());
    assert_eq!(limits.sockets.clients(), 1);
}

#[test]
fn questions_in_flight_of_one_client_are_bounded_and_cost_nothing_beyond() {
    let allowance = Allowance {
        dns_per_minute: u32::try_from(QUESTIONS_PER_CLIENT).unwrap() + 1,
        ..Allowance::default()
    };
    let limits = Limits::new(allowance, OptOuts::default());
    let now = Instant::now();
    let ask = |client: IpAddr| limits.admit_question(client, now);
    let mut asking: Vec<_> = (0..QUESTIONS_PER_CLIENT)
        .map(|_| ask(CLIENT).unwrap())
        .collect();
    let denial = ask(CLIENT).map(drop).unwrap_err();
    assert_eq!(denial.code, RefusalCode::TooManyRequests);
    assert_eq!(denial.retry_after, Some(1));
    drop(ask("192.0.2.2".parse().unwrap()).unwrap());
    // One was answered: there is room for the last of the minute's share.
    drop(asking.pop());
    drop(ask(CLIENT).unwrap());
    assert!(ask(CLIENT).is_err());
    drop(asking);
    assert_eq!(limits.asking.clients(), 0);
}
