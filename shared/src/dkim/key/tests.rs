//! Keys made by OpenSSL for these tests alone.

use super::*;

const RSA_512: &str = "MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAPxt7B+/D3+Coo6XiUPqz3grm9thv7/NQni4T/28Su5WA9fsXWs0Hw/4Rs6RsH3cm5XVjp4WkELrNPUa+YDb15cCAwEAAQ==";
const RSA_768: &str = "MHwwDQYJKoZIhvcNAQEBBQADawAwaAJhANjppWudt6yYBGRSnR4V79NYlkwYxkuXath7QKcYnaIozUgQaI+w08yo0n5l5TtW+HqFWv9dBxUSjvUuxyEMbqeucLsFTUKbXBRk3E07H2auxsaqI4bAIIJKrkpw+gpLLwIDAQAB";
const RSA_1024: &str = "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCjAeeAxrAleuaQtIAVJKbBC21F3qgGJUBLL0P2eoniWjrFVz7DK7HiDmg9xu60ABodlafxU17fx2fuwbcUCdrvhRzOgN8Z+/m56FjDWXo0R2Ozlzw7HSYn3JX4KyrwFLWXjEQGIz3hiWFz+gq4lnBy7HSmxpNzIx5tL8UfHld9dwIDAQAB";
const RSA_1024_PKCS1: &str = "MIGJAoGBAKMB54DGsCV65pC0gBUkpsELbUXeqAYlQEsvQ/Z6ieJaOsVXPsMrseIOaD3G7rQAGh2Vp/FTXt/HZ+7BtxQJ2u+FHM6A3xn7+bnoWMNZejRHY7OXPDsdJifclfgrKvAUtZeMRAYjPeGJYXP6CriWcHLsdKbGk3MjHm0vxR8eV313AgMBAAE=";
const RSA_1536: &str = "MIHfMA0GCSqGSIb3DQEBAQUAA4HNADCByQKBwQC3aXIrf6MWmRk9yhwjYiGNJzuzUK9YSgTcY5Dxp4bxjYa1ILFDwCuCHo4yZjCa7HpoXUUCVwsfLEVj69GsSsJG/AaPOholWRmSJ5b97pfWbtzDVb53zqn7CXP6yelrAeZair9AJ4DbW+Yb3KjDxd1ekJN/ovnoNPXYr19wMO9JH8XullRHgJuzKQhMsR9Ub83ReB0PcQLqd/YhB79nEuuJGVqHuEZC4lOy3h9M9omYPJ4JmRIR4i08ZIkZOkOYxOMCAwEAAQ==";
const RSA_2048: &str = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAmR5SgFVAYEXgjsEk1mKuQOSlUIUMitusbmr48orL070Sun2Wuqp7PFV07x4iAL6ZhUgj8kYZyxcag4XpmwnxIvn5PUjvN5Uw/w0k0cDBCJDtKgVO+7ggI4yob1SP5vB2IxAjmWlNmZHOusKgmw+notYn1BbcXXMtv11INGeYopllbgDyt44/I7rFEU5iu6vQEVdV8q9l4ql+qWDrwS5tBwYoC/wtGubFjPNz7Co6WxHd1MgyysOoKQb7qoLMd+CQY2MdMkwlS6K06aveY/Iu1zU1H1rmQhyCXd4eGMhf+zc6yayByvh+9ksj8Znioz2DzYvUcMTvidg/4AII2aES4wIDAQAB";
const RSA_3072: &str = "MIIBojANBgkqhkiG9w0BAQEFAAOCAY8AMIIBigKCAYEA3siRh98bmb8W3Hrb3/BeqUfAfhN+5nGTcC3zGKzw2cHoY9iryl6eoSMaPIZLyXinywRCAk/qEFCs/Uy3YiXRhKZ9TUyG1E3STe4BMPCCNeWudYjMmiBLRs8qNq5HvOQ9i0Wp/2fxkjQjY5yqjfJPZMoiy+KuST7cZVlCN+N8OmD/InIBVJkcMA7MCsypoPTESDLD3K77ni76FTc5P52E2gdxRN/ZiXmb4A6H2UPz2P2Xlkxg7HRsPh3tWeRu/MbbvjGIQ5FwV6BrOW9ypotAZf2RK6VT9Dfhfof5Pp7Q0+CFMLCJjyoej3/+pa/r9i8TDtefFZDEMhnCybthwwRC0oXuNcs8+jrJqotswsiDHMexMvRedF78aDBfOJN2oyGVftdGHdeg5u1Q99B/DK2y7dFn505xGCl3H6j4zUju0PQYQ4sxaMKKUvJREHVN9o+UcgrYjcsrRPG0Vk/aLWK/ZWXZynF5cjB50DFzUpOduDi0XDDoItQUGZz12uucfRL/AgMBAAE=";
const ED25519_SPKI: &str = "MCowBQYDK2VwAyEA2l8nu0Nt7K2o9HVWSlpVNCKtADHHjgslnw+Hs+u9dUA=";
const P256_SPKI: &str = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEyFo0cA6J44rGx7FaGOgJeHPUwh3klrdrLXf/DBonkszcj2RlDNMq6ZFCH9Ei4JDkNExk0GXXiU5DU9P7d1wujg==";

fn read_rsa(text: &str) -> Result<(Form, u32), KeyFault> {
    read(Algorithm::Rsa, text).map(|read| (read.key.form, read.key.bits))
}

/// The blob of a 1536-bit key looks like nothing in particular; its modulus says what it is.
#[test]
fn the_length_is_that_of_the_modulus() {
    for (text, form, bits) in [
        (RSA_512, Form::Spki, 512),
        (RSA_768, Form::Spki, 768),
        (RSA_1024, Form::Spki, 1024),
        (RSA_1024_PKCS1, Form::Pkcs1, 1024),
        (RSA_1536, Form::Spki, 1536),
        (RSA_2048, Form::Spki, 2048),
        (RSA_3072, Form::Spki, 3072),
    ] {
        assert_eq!(read_rsa(text), Ok((form, bits)));
    }
    // A modulus of 9 bits, 257.
    assert_eq!(read_rsa("MAcCAgEBAgED"), Ok((Form::Pkcs1, 9)));
}

/// One string of a TXT record holds 255 octets, `v=DKIM1; k=rsa; p=` among them.
#[test]
fn a_key_that_was_cut_anywhere_is_damaged() {
    for length in 1..RSA_2048.len() - 2 {
        let cut = read_rsa(&RSA_2048[..length]);
        assert_eq!(cut, Err(KeyFault::Truncated), "{length}");
    }
    assert_eq!(
        read(Algorithm::Ed25519, "2l8nu0Nt7K2o9HVWSlpVNCKtADHHjgsln"),
        Err(KeyFault::Truncated)
    );
}

#[test]
fn padding_may_be_missing_but_is_missed() {
    let bare = RSA_512.trim_end_matches('=');
    let read = |text| read(Algorithm::Rsa, text).unwrap().lacks_padding;
    assert!(read(bare) && !read(RSA_512));
}

#[test]
fn ed25519_is_its_32_octets() {
    let raw = "2l8nu0Nt7K2o9HVWSlpVNCKtADHHjgslnw+Hs+u9dUA=";
    assert_eq!(ED25519_SPKI.len() * 3 / 4 - 1, 44);
    let key = PublicKey {
        algorithm: Algorithm::Ed25519,
        form: Form::Raw,
        bits: 256,
    };
    assert_eq!(read(Algorithm::Ed25519, raw).map(|read| read.key), Ok(key));
    assert_eq!(
        read(Algorithm::Ed25519, ED25519_SPKI),
        Err(KeyFault::Wrapped)
    );
    assert_eq!(read(Algorithm::Ed25519, RSA_512), Err(KeyFault::Foreign));
}

#[test]
fn what_is_no_rsa_key_is_told() {
    for (text, fault) in [
        (ED25519_SPKI, KeyFault::Foreign),
        (P256_SPKI, KeyFault::Foreign),
        (
            "2l8nu0Nt7K2o9HVWSlpVNCKtADHHjgslnw+Hs+u9dUA=",
            KeyFault::Foreign,
        ),
        ("reject", KeyFault::Foreign),
        ("MIG-", KeyFault::Base64(3)),
        ("-----BEGIN PUBLIC KEY-----", KeyFault::Base64(0)),
        // The modulus 256: even.
        ("MAcCAgEAAgED", KeyFault::Foreign),
        // The exponents 1 and 4.
        ("MAcCAgEBAgEB", KeyFault::Exponent),
        ("MAcCAgEBAgEE", KeyFault::Exponent),
        // SEQUENCE { 0, 257, 3, … }: PKCS#1. SEQUENCE { 0, SEQUENCE { … } }: PKCS#8.
        ("MAoCAQACAgEBAgED", KeyFault::Private),
        ("MAUCAQAwAA==", KeyFault::Private),
    ] {
        assert_eq!(read_rsa(text), Err(fault), "{text}");
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_a_key_or_told_why_not(text in "[A-Za-z0-9+/= -]{0,200}") {
        for algorithm in [Algorithm::Rsa, Algorithm::Ed25519] {
            let _ = read(algorithm, &text);
        }
    }

    #[test]
    fn no_octet_of_a_key_can_be_changed_into_a_panic(place in 0..200_usize, c in "[A-Za-z0-9+/=]") {
        let mut text = RSA_1024.to_owned();
        text.replace_range(place..=place, &c);
        let _ = read(Algorithm::Rsa, &text);
    }
}
