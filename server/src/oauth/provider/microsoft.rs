//! What is Microsoft's own: one sign-in page for many directories, each of which issues tokens in its own name.
//!
//! The discovery document of `common` names the issuer `…/{tenantid}/v2.0`, a pattern; a token fills it with its claim
//! `tid`. A person is the directory and `oid` in it: unlike `sub`, that stays when the operator registers the
//! application anew.

use super::id_token::IdClaims;
use crate::config::values::Tenant;
use serde_json::Value;

/// Where the pattern has the directory.
const PATTERN: &str = "{tenantid}";

/// The directory of all personal accounts.
const PERSONAL: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";

/// Where people with a personal account are sent on to.
const PERSONAL_PAGE: &str = "https://login.live.com";

/// One directory, or all of a kind, in one of Microsoft's clouds.
#[derive(Clone, Debug)]
pub(super) struct Directory {
    cloud: String,
    tenant: Tenant,
}

impl Directory {
    /// The directories of a cloud that an application is registered for.
    pub(super) fn new(cloud: &str, tenant: Tenant) -> Self {
        Self {
            cloud: cloud.trim_end_matches('/').to_owned(),
            tenant,
        }
    }

    /// Where they tell about themselves.
    pub(super) fn address(&self) -> String {
        self.named(match &self.tenant {
            Tenant::Any => "common",
            Tenant::Work => "organizations",
            Tenant::Personal => "consumers",
            Tenant::One(id) => id,
        })
    }

    /// The issuer that is named there.
    pub(super) fn issuer_of_document(&self) -> String {
        self.named(match &self.tenant {
            Tenant::Any | Tenant::Work => PATTERN,
            Tenant::Personal => PERSONAL,
            Tenant::One(id) => id,
        })
    }

    /// Where else than to the cloud's own pages a person may be led.
    pub(super) fn other_pages(&self) -> Option<&'static str> {
        match self.tenant {
            Tenant::Any | Tenant::Personal => Some(PERSONAL_PAGE),
            Tenant::Work | Tenant::One(_) => None,
        }
    }

    /// Whether an answer to the browser may come from an issuer of this name.
    pub(super) fn speaks_for(&self, issuer: &str) -> bool {
        let before = format!("{}/", self.cloud);
        let tenant = issuer.strip_prefix(&before).and_then(|rest| rest.strip_suffix("/v2.0"));
        tenant.is_some_and(|tenant| self.holds(tenant))
    }

    /// Whether claims are issued in the name of the directory that they tell, and signed with a key that may do so.
    pub(super) fn issued(&self, claims: &IdClaims, issuer_of_key: Option<&str>) -> bool {
        let Some(tenant) = claims.additional_claims().text("tid") else {
            return false;
        };
        let issuer = self.named(tenant);
        let key_fits = issuer_of_key.is_none_or(|pattern| pattern.replace(PATTERN, tenant) == issuer);
        self.holds(tenant) && claims.issuer().as_str() == issuer && key_fits
    }

    /// Whether the address of claims is vouched for: only the owner of the one directory that was configured has a say
    /// in its addresses, and only where Microsoft has seen that the domain is its own.
    pub(super) fn vouches(&self, claims: &IdClaims) -> bool {
        let owned = claims.additional_claims().get("xms_edov").is_some_and(is_true);
        matches!(self.tenant, Tenant::One(_)) && owned
    }

    fn holds(&self, tenant: &str) -> bool {
        match &self.tenant {
            Tenant::Any => Tenant::is_id(tenant),
            Tenant::Work => Tenant::is_id(tenant) && tenant != PERSONAL,
            Tenant::Personal => tenant == PERSONAL,
            Tenant::One(id) => tenant == id,
        }
    }

    fn named(&self, tenant: &str) -> String {
        format!("{}/{tenant}/v2.0", self.cloud)
    }
}

/// A claim that is true: Microsoft writes it as a truth value, a number or a text.
fn is_true(claim: &Value) -> bool {
    match claim {
        Value::Bool(truth) => *truth,
        Value::Number(number) => number.as_u64() == Some(1),
        Value::String(text) => text == "1" || text.eq_ignore_ascii_case("true"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Directory, is_true};
    use rstest::rstest;
    use serde_json::{Value, json};

    const CLOUD: &str = "https://login.microsoftonline.com";
    const WORK: &str = "aaaabbbb-0000-cccc-1111-dddd2222eeee";

    #[rstest]
    #[case("common", "common", "{tenantid}")]
    #[case("organizations", "organizations", "{tenantid}")]
    #[case("consumers", "consumers", "9188040d-6c67-4c5b-b112-36a304b66dad")]
    #[case(WORK, WORK, WORK)]
    fn a_directory_is_found_under_its_name(#[case] tenant: &str, #[case] address: &str, #[case] issuer: &str) {
        let directory = Directory::new(&format!("{CLOUD}/"), tenant.parse().unwrap());
        assert_eq!(directory.address(), format!("{CLOUD}/{address}/v2.0"));
        assert_eq!(directory.issuer_of_document(), format!("{CLOUD}/{issuer}/v2.0"));
    }

    #[rstest]
    #[case("common", WORK, true)]
    #[case("common", "9188040d-6c67-4c5b-b112-36a304b66dad", true)]
    #[case("common", "common", false)]
    #[case("common", "../evil", false)]
    #[case("common", "", false)]
    #[case("organizations", WORK, true)]
    #[case("organizations", "9188040d-6c67-4c5b-b112-36a304b66dad", false)]
    #[case("consumers", WORK, false)]
    #[case("consumers", "9188040d-6c67-4c5b-b112-36a304b66dad", true)]
    #[case(WORK, WORK, true)]
    #[case(WORK, "bbbbcccc-0000-cccc-1111-dddd2222eeee", false)]
    fn a_directory_speaks_for_those_it_holds(#[case] configured: &str, #[case] tenant: &str, #[case] holds: bool) {
        let directory = Directory::new(CLOUD, configured.parse().unwrap());
        assert_eq!(directory.speaks_for(&format!("{CLOUD}/{tenant}/v2.0")), holds);
        assert!(!directory.speaks_for(&format!("https://login.example.com/{tenant}/v2.0")));
    }

    #[rstest]
    #[case(json!(true), true)]
    #[case(json!(1), true)]
    #[case(json!("1"), true)]
    #[case(json!("True"), true)]
    #[case(json!(false), false)]
    #[case(json!(0), false)]
    #[case(json!("0"), false)]
    #[case(json!(""), false)]
    #[case(json!(null), false)]
    #[case(json!([true]), false)]
    fn a_claim_is_true_in_several_ways(#[case] claim: Value, #[case] truth: bool) {
        assert_eq!(is_true(&claim), truth);
    }
}
