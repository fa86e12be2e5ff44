//! Who runs mail for others: the names by which providers are known in DNS, as facts.
//!
//! A provider shows in the names of mail exchanges, in the names that SPF records include, and in the names that
//! the aliases of DKIM keys lead to.

use crate::dns::Name;

/// A provider of mail.
#[derive(Debug, Eq, PartialEq)]
pub struct Provider {
    /// Its name, as it calls itself.
    pub name: &'static str,
    /// Its domains, with spaces between them.
    domains: &'static str,
    /// DKIM selectors that it gives its customers, with spaces between them; none where they differ for each.
    selectors: &'static str,
    /// The SPF record of its servers, which customers whose mail it takes include; empty where that is not known.
    spf: &'static str,
}

impl Provider {
    /// The provider whose name this is: of a mail exchange, an SPF include, or an alias.
    #[must_use]
    pub fn of(name: &Name) -> Option<&'static Self> {
        PROVIDERS.iter().find(|provider| {
            provider
                .domains
                .split(' ')
                .any(|domain| is_within(name.as_str(), domain))
        })
    }

    /// The SPF record to include for those whose mail it takes. It changes rarely; nobody hands it over untried.
    #[must_use]
    pub fn spf(&self) -> Option<&'static str> {
        Some(self.spf).filter(|spf| !spf.is_empty())
    }

    /// All that are known.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        PROVIDERS.iter()
    }

    /// The DKIM selectors that it gives its customers.
    pub fn selectors(&self) -> impl Iterator<Item = &'static str> {
        self.selectors
            .split(' ')
            .filter(|selector| !selector.is_empty())
    }
}

fn is_within(name: &str, domain: &str) -> bool {
    name.strip_suffix(domain)
        .is_some_and(|front| front.is_empty() || front.ends_with('.'))
}

const fn provider(name: &'static str, domains: &'static str, selectors: &'static str) -> Provider {
    Provider {
        name,
        domains,
        selectors,
        spf: "",
    }
}

impl Provider {
    /// The same, which takes mail too.
    const fn taking_mail(mut self, spf: &'static str) -> Self {
        self.spf = spf;
        self
    }
}

/// The first that fits counts: a service of a provider stands before the provider itself.
static PROVIDERS: &[Provider] = &[
    provider(
        "Google Workspace",
        "google.com googlemail.com",
        "google google2048",
    )
    .taking_mail("_spf.google.com"),
    provider(
        "Microsoft 365",
        "protection.outlook.com onmicrosoft.com mx.microsoft dkim.mail.microsoft",
        "selector1 selector2",
    )
    .taking_mail("spf.protection.outlook.com"),
    provider("Azure Communication Services", "azurecomm.net", ""),
    provider(
        "Zoho Mail",
        "zoho.com zohomail.com",
        "zmail zoho zohomail default",
    )
    .taking_mail("zohomail.com"),
    provider("Zoho Mail", "zoho.eu", "zmail zoho zohomail default").taking_mail("zohomail.eu"),
    provider("Zoho Mail", "zoho.in", "zmail zoho zohomail default"),
    provider("Yandex", "yandex.net yandex.ru", "").taking_mail("_spf.yandex.net"),
    provider("VK WorkSpace", "emx.mail.ru", "").taking_mail("_spf.mail.ru"),
    provider("Rackspace", "emailsrvr.com", "").taking_mail("emailsrvr.com"),
    provider("OVHcloud", "mail.ovh.net", "").taking_mail("mx.ovh.com"),
    provider("Namecheap", "privateemail.com", "").taking_mail("spf.privateemail.com"),
    provider(
        "Fastmail",
        "messagingengine.com dkim.fmhosted.com",
        "fm1 fm2 fm3 mesmtp",
    )
    .taking_mail("spf.messagingengine.com"),
    provider(
        "Proton Mail",
        "protonmail.ch proton.ch",
        "protonmail protonmail2 protonmail3",
    )
    .taking_mail("_spf.protonmail.ch"),
    provider(
        "Apple iCloud Mail",
        "icloud.com icloudmailadmin.com",
        "sig1",
    )
    .taking_mail("icloud.com"),
    provider("Yahoo", "yahoodns.net yahoo.com", "s1024 s2048"),
    provider("Tuta", "tutanota.de", "s1 s2").taking_mail("spf.tutanota.de"),
    provider(
        "mailbox.org",
        "mailbox.org",
        "mbo0001 mbo0002 mbo0003 mbo0004",
    )
    .taking_mail("mailbox.org"),
    provider("Migadu", "migadu.com", "key1 key2 key3").taking_mail("spf.migadu.com"),
    provider("IONOS", "kundenserver.de", "s1-ionos s2-ionos s42582890")
        .taking_mail("_spf.kundenserver.de"),
    provider(
        "IONOS",
        "ionos.com ionos.de perfora.net",
        "s1-ionos s2-ionos s42582890",
    ),
    provider(
        "Strato",
        "rzone.de strato.de",
        "strato-dkim-0002 strato-dkim-0003",
    ),
    provider("Gandi", "gandi.net gandimail.net", "gm1 gm2 gm3").taking_mail("_mailcust.gandi.net"),
    provider(
        "Hostinger",
        "hostinger.com",
        "hostingermail-a hostingermail-b hostingermail-c",
    )
    .taking_mail("_spf.mail.hostinger.com"),
    provider("Hetzner", "your-server.de", "dkim default"),
    provider("Titan", "titan.email", "titan1 titan2"),
    provider("GoDaddy Websites + Marketing", "em.secureserver.net", ""),
    provider("GoDaddy", "secureserver.net", "secureserver1 secureserver2")
        .taking_mail("secureserver.net"),
    provider(
        "Cloudflare Email Routing",
        "mx.cloudflare.net",
        "cf2024-1 cf2025-1 cf2025-2 cf2024-2",
    ),
    provider("SimpleLogin", "simplelogin.co", "dkim dkim02 dkim03"),
    provider("Mimecast", "mimecast.com", ""),
    provider(
        "Proofpoint",
        "pphosted.com ppe-hosted.com",
        "proofpoint pphosted",
    ),
    provider("Amazon SES", "amazonses.com", "amazonses ses"),
    provider("SendGrid", "sendgrid.net", "s1 s2 smtpapi"),
    provider(
        "Mailgun",
        "mailgun.org mailgun.com",
        "pdk1 pdk2 k1 mailo pic krs mg smtp",
    ),
    provider("Mailchimp", "mcsv.net", "k2 k3 k1"),
    provider(
        "Mailchimp Transactional",
        "mandrillapp.com",
        "mte1 mte2 mandrill",
    ),
    provider("Postmark", "mtasv.net", "pm"),
    provider("Brevo", "brevo.com sendinblue.com", "brevo1 brevo2 mail"),
    provider("Mailjet", "mailjet.com", "mailjet"),
    provider("SparkPost", "sparkpostmail.com", "scph0819 scph0421"),
    provider("Mailtrap", "mailtrap.live", "rwmt1 rwmt2"),
    provider("MailerSend", "mailersend.net", "mlsend mlsend2"),
    provider("MailerLite", "mlsend.com", "litesrv"),
    provider("MailChannels", "mailchannels.net", "mailchannels"),
    provider("Elastic Email", "elasticemail.com", "api"),
    provider("HubSpot", "hubspotemail.net", "hs1 hs2"),
    provider("Klaviyo", "klaviyo.com klaviyodns.com", "kl kl2"),
    provider("Zendesk", "zendesk.com", "zendesk1 zendesk2"),
    provider("Freshworks", "freshdesk.com freshemail.io", ""),
    provider(
        "Help Scout",
        "helpscoutemail.com helpscout.net",
        "strong1 strong2",
    ),
    provider("Intercom", "intercom.io", "intercom"),
    provider("Salesforce Account Engagement", "pardot.com", "200608"),
    provider(
        "Salesforce Marketing Cloud",
        "exacttarget.com",
        "10dkim1 11dkim1 12dkim1 13dkim1 50dkim1 51dkim1",
    ),
    provider("Salesforce", "salesforce.com", "sf1 sf2"),
    provider(
        "Constant Contact",
        "constantcontact.com ccsend.com",
        "ctct1 ctct2",
    ),
    provider("Campaign Monitor", "createsend.com", "cm"),
    provider("ActiveCampaign", "emsd1.com acems1.com", "acdkim1 acdkim2"),
    provider(
        "AWeber",
        "aweber.com",
        "aweber_key_a aweber_key_b aweber_key_c",
    ),
    provider(
        "Everlytic",
        "eversrv.com",
        "everlytickey1 everlytickey2 eversrv",
    ),
    provider("Sailthru", "sailthrudkim.com", "sailthru"),
    provider("Squarespace", "squarespace-mail.com", ""),
    provider("MailUp", "musvc.com", ""),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dkim::Selector;

    #[test]
    fn a_provider_is_known_by_its_names() {
        let of =
            |name: &str| Provider::of(&Name::parse(name).unwrap()).map(|provider| provider.name);
        for (name, provider) in [
            ("aspmx.l.google.com", "Google Workspace"),
            ("example-org.mail.protection.outlook.com", "Microsoft 365"),
            (
                "selector1-example-org._domainkey.tenant.onmicrosoft.com",
                "Microsoft 365",
            ),
            ("one.zoho.com", "Zoho Mail"),
            ("s1.domainkey.u1.wl.sendgrid.net", "SendGrid"),
            ("x.em.secureserver.net", "GoDaddy Websites + Marketing"),
            ("smtp.secureserver.net", "GoDaddy"),
        ] {
            assert_eq!(of(name), Some(provider), "{name}");
        }
        for stranger in [
            "notgoogle.com",
            "google.com.example.org",
            "example.org",
            "com",
        ] {
            assert_eq!(of(stranger), None, "{stranger}");
        }
    }

    #[test]
    fn every_name_in_the_table_is_one() {
        for provider in PROVIDERS {
            for domain in provider.domains.split(' ') {
                assert_eq!(
                    Name::parse(domain).unwrap().as_str(),
                    domain,
                    "{provider:?}"
                );
            }
            for selector in provider.selectors() {
                assert_eq!(Selector::parse(selector).unwrap().as_str(), selector);
            }
        }
    }

    /// One that stood behind a wider one would never be found.
    #[test]
    fn every_provider_can_be_found() {
        for provider in PROVIDERS {
            for domain in provider.domains.split(' ') {
                assert_eq!(Provider::of(&Name::parse(domain).unwrap()), Some(provider));
            }
        }
    }

    #[test]
    fn every_include_can_be_published() {
        for spf in PROVIDERS.iter().filter_map(Provider::spf) {
            let record = format!("v=spf1 include:{spf} ~all");
            assert!(crate::spf::Record::parse(&record).is_ok(), "{record}");
        }
        let spf = |name: &str| Provider::of(&Name::parse(name).unwrap())?.spf();
        assert_eq!(spf("mx00.kundenserver.de"), Some("_spf.kundenserver.de"));
        // Where it differs by country, nothing is said.
        assert_eq!(spf("mx00.ionos.com"), None);
    }
}
