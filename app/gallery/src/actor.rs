//! Who is at work: a person in a browser, a key's holder, the operator at the command line, or the gallery itself.

use domain::account::AccountKey;
use domain::permission::{Glob, KeyGrant, Scopes, SignedInBy};
use domain::time::{DAY, Timestamp};

/// Somebody who asks for something, and from where.
#[derive(Clone, Debug)]
pub struct Actor {
    /// Who it is.
    pub who: Who,
    /// From where they ask.
    pub origin: Origin,
}

/// Who is at work.
#[derive(Clone, Debug)]
pub enum Who {
    /// Nobody is signed in.
    Anonymous,
    /// A person in a session.
    Person(Person),
    /// The holder of an API key.
    Key(KeyHolder),
    /// The operator, at the command line.
    Operator,
    /// The gallery itself: what expires, what is swept.
    System,
}

/// A person in a session.
#[derive(Clone, Debug)]
pub struct Person {
    /// The person's account.
    pub account: AccountKey,
    /// Through which provider the session began.
    pub provider: String,
    /// Whether a second factor was used.
    pub second_factor: bool,
}

/// The holder of an API key, as the key says; rights are looked up anew in every transaction.
#[derive(Clone, Debug)]
pub struct KeyHolder {
    /// The key's row: of a key that somebody keeps, or of one that a workload got.
    pub key: i64,
    /// The publishing policy that made it, if a workload got it.
    pub policy: Option<i64>,
    /// What the key is called; a workload's is called like the workload: `GitHub: contoso/json`.
    pub name: String,
    /// Whose key it is: a person's, or the owning organization's own.
    pub account: AccountKey,
    /// For which account it acts.
    pub owner: AccountKey,
    /// What it may do.
    pub scopes: Scopes,
    /// For which packages.
    pub globs: Vec<Glob>,
    /// When the key ends.
    pub expires: Timestamp,
    /// Since when its value is good: when it was made or last regenerated.
    pub issued: Timestamp,
}

impl KeyHolder {
    /// What the permission table is told of the key.
    pub(crate) fn grant(&self, now: Timestamp) -> KeyGrant<'_> {
        KeyGrant {
            scopes: self.scopes,
            globs: &self.globs,
            personal: self.account != self.owner,
            age_days: now.seconds().saturating_sub(self.issued.seconds()).div_euclid(DAY),
        }
    }

    /// From how many days before its end on a key's holder is warned.
    const WARNED: i64 = 10;

    /// What the holder of a key is told that ends soon. Nobody keeps a workload's key.
    #[must_use]
    pub fn expiry_warning(&self, now: Timestamp) -> Option<String> {
        if self.policy.is_some() {
            return None;
        }
        let days = self.expires.seconds().saturating_sub(now.seconds()).div_euclid(DAY);
        let when = match days {
            ..=0 => "today".to_owned(),
            1 => "in 1 day".to_owned(),
            2..=Self::WARNED => format!("in {days} days"),
            _ => return None,
        };
        Some(format!(
            "The API key '{}' expires {when}. Regenerate it in time.",
            self.name
        ))
    }
}

/// From where somebody asks, as far as the trail keeps it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The client's address, its last octet or its last 64 bits zeroed; empty at the command line.
    pub address: String,
    /// The client's own name, at most 200 characters; empty at the command line.
    pub user_agent: String,
    /// Whether the limits on counts bind (product contract, section 10): those who come by the network, unless they
    /// develop on this machine. The trail does not keep it.
    pub limited: bool,
}

impl Origin {
    /// Keeps what the trail may keep of an address and a client's name.
    #[must_use]
    pub fn new(address: Option<std::net::IpAddr>, user_agent: &str) -> Self {
        let address = address.map_or_else(String::new, |address| match address.to_canonical() {
            std::net::IpAddr::V4(v4) => {
                let [a, b, c, _] = v4.octets();
                std::net::Ipv4Addr::new(a, b, c, 0).to_string()
            }
            std::net::IpAddr::V6(v6) => {
                let [a, b, c, d, ..] = v6.segments();
                std::net::Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).to_string()
            }
        });
        let user_agent = user_agent.chars().filter(|c| !c.is_control()).take(200).collect();
        Self {
            address,
            user_agent,
            limited: true,
        }
    }
}

impl Person {
    /// How the session began.
    pub(crate) fn signed_in_by(&self) -> SignedInBy<'_> {
        SignedInBy {
            provider: &self.provider,
            second_factor: self.second_factor,
        }
    }
}

impl Actor {
    /// Nobody in particular.
    #[must_use]
    pub const fn anonymous(origin: Origin) -> Self {
        Self {
            who: Who::Anonymous,
            origin,
        }
    }

    /// The operator.
    #[must_use]
    pub fn operator() -> Self {
        Self {
            who: Who::Operator,
            origin: Origin::default(),
        }
    }

    /// The gallery itself.
    #[must_use]
    pub fn system() -> Self {
        Self {
            who: Who::System,
            origin: Origin::default(),
        }
    }

    /// The account that acts: a person's, or the one whose key is used.
    #[must_use]
    pub const fn account(&self) -> Option<AccountKey> {
        match &self.who {
            Who::Person(person) => Some(person.account),
            Who::Key(holder) => Some(holder.account),
            Who::Anonymous | Who::Operator | Who::System => None,
        }
    }

    /// What the trail says about the means: the key's name, `session`, or nothing.
    #[must_use]
    pub fn credential(&self) -> String {
        match &self.who {
            Who::Person(_) => "session".to_owned(),
            Who::Key(holder) => holder.name.clone(),
            Who::Anonymous | Who::Operator | Who::System => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Origin;

    #[test]
    fn an_address_loses_its_last_part() {
        let of = |text: &str| Origin::new(text.parse().ok(), "x").address;
        assert_eq!(of("203.0.113.77"), "203.0.113.0");
        assert_eq!(of("::ffff:203.0.113.77"), "203.0.113.0");
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
    }
}
