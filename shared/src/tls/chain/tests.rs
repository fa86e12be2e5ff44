use super::samples::{DAY, NOW, certificate, chain};
use super::*;

const AT: Timestamp = Timestamp(NOW as u64 * 1000);

fn host() -> Name {
    Name::parse("mx.example.org").unwrap()
}

fn leaf() -> Certificate {
    certificate(&["mx.example.org"], 1)
}

fn issuer() -> Certificate {
    Certificate {
        authority: true,
        ..certificate(&[], 2)
    }
}

fn found(chain: &Chain) -> Vec<Fault> {
    chain.faults(&host(), AT)
}

#[test]
fn dates_are_those_of_the_moment() {
    let dated = |from, to| {
        let leaf = Certificate {
            not_before: from,
            not_after: to,
            ..leaf()
        };
        found(&chain(vec![leaf]))
    };
    assert_eq!(dated(NOW, NOW), [], "the first and the last second count");
    assert_eq!(dated(NOW - DAY, NOW - 1), [Fault::Expired { days: 0 }]);
    assert_eq!(dated(0, NOW - 3 * DAY), [Fault::Expired { days: 3 }]);
    assert_eq!(dated(NOW + 1, NOW + DAY), [Fault::NotYetValid]);
    assert_eq!(
        dated(i64::MIN, i64::MIN),
        [Fault::Expired { days: u32::MAX }]
    );
    assert_eq!(leaf().days_left(AT), 60);
    assert_eq!(leaf().days_left(Timestamp(u64::MAX)), 0);
}

#[test]
fn only_its_dns_names_count() {
    for (names, right) in [
        (&["mx.example.org"][..], true),
        (&["example.org", "*.example.org"], true),
        (&["example.org"], false),
        (&["*.mx.example.org", "*.org", "mx.*.org", "*"], false),
        (&[], false),
    ] {
        let named = chain(vec![Certificate {
            subject: "CN=mx.example.org".into(),
            ..certificate(names, 1)
        }]);
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        let wrong = vec![Fault::WrongName { names }];
        assert_eq!(found(&named), if right { vec![] } else { wrong });
    }
}

#[test]
fn who_vouches_for_it() {
    let issuer_name = || "CN=Example CA".to_owned();
    let self_signed = Certificate {
        self_signed: true,
        ..leaf()
    };
    let old = Certificate {
        not_after: NOW - DAY,
        ..leaf()
    };
    for (links, path, expected) in [
        (vec![leaf()], Path::Trusted, vec![]),
        (vec![leaf()], Path::NoRoots, vec![]),
        (
            vec![leaf()],
            Path::UnknownIssuer,
            vec![Fault::IssuerNotSent {
                issuer: issuer_name(),
            }],
        ),
        (
            vec![leaf(), issuer()],
            Path::UnknownIssuer,
            vec![Fault::UnknownIssuer {
                issuer: issuer_name(),
            }],
        ),
        (
            vec![self_signed],
            Path::UnknownIssuer,
            vec![Fault::SelfSigned],
        ),
        (
            vec![leaf(), issuer()],
            Path::Expired,
            vec![Fault::IssuerExpired],
        ),
        (
            vec![leaf(), issuer()],
            Path::NotYetValid,
            vec![Fault::IssuerExpired],
        ),
        (vec![old], Path::Expired, vec![Fault::Expired { days: 1 }]),
        (vec![leaf()], Path::BadSignature, vec![Fault::BadSignature]),
        (
            vec![leaf()],
            Path::WeakSignature,
            vec![Fault::WeakSignature],
        ),
        (vec![leaf()], Path::Misused, vec![Fault::Misused]),
        (vec![leaf()], Path::Other, vec![Fault::Other]),
        (vec![], Path::Unreadable, vec![Fault::Unreadable]),
    ] {
        let chain = Chain {
            path,
            ..chain(links)
        };
        assert_eq!(found(&chain), expected, "{path:?}");
    }
    let unreadable = Chain {
        links: vec![Link::Unreadable { octets: 9 }],
        ..chain(vec![])
    };
    assert_eq!(found(&unreadable), [Fault::Unreadable]);
}

#[test]
fn keys_and_signatures() {
    let of = |key: &str, key_bits| {
        let key = key.to_owned();
        let weak = Certificate {
            key,
            key_bits,
            ..leaf()
        };
        chain(vec![weak]).weaknesses().len()
    };
    for (key, bits, weak) in [
        ("RSA", 1024, 1),
        ("RSA", 2047, 1),
        ("RSA", 2048, 0),
        ("EC", 192, 1),
        ("EC", 224, 0),
        ("EC", 521, 0),
        ("Ed25519", 255, 0),
        ("DSA", 3072, 1),
    ] {
        assert_eq!(of(key, bits), weak, "{key} {bits}");
    }
    let signed = |signature: &str, self_signed| Certificate {
        signature: signature.into(),
        self_signed,
        ..issuer()
    };
    for (algorithm, self_signed, weak) in [
        ("sha1WithRSAEncryption", false, 1),
        ("ecdsa-with-SHA1", false, 1),
        ("md5WithRSAEncryption", false, 1),
        ("sha256WithRSAEncryption", false, 0),
        ("sha1WithRSAEncryption", true, 0),
    ] {
        let chain = chain(vec![leaf(), signed(algorithm, self_signed)]);
        assert_eq!(chain.weaknesses().len(), weak, "{algorithm}");
    }
}

#[test]
fn order_and_roots() {
    let by = |signed_by_next| Certificate {
        signed_by_next,
        ..leaf()
    };
    assert!(chain(vec![by(Some(true)), issuer()]).is_in_order());
    assert!(!chain(vec![by(Some(false)), issuer()]).is_in_order());
    assert!(chain(vec![by(None)]).is_in_order());
    let root = Certificate {
        self_signed: true,
        ..issuer()
    };
    assert!(chain(vec![leaf(), issuer(), root.clone()]).has_root());
    assert!(!chain(vec![leaf(), issuer()]).has_root());
    assert!(!chain(vec![root]).has_root(), "its own is no root");
}
