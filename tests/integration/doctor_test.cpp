// `tertulia doctor` against the stand-in: everything well, and each thing that can be wrong.

#include "tests/integration/parts/certificate.hpp"
#include "tests/integration/parts/fake_smsc.hpp"
#include "tests/integration/parts/town.hpp"
#include "tests/integration/parts/wait.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tertulia::integration {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

constexpr auto account_id = "102290129340398";

struct doctor : testing::Test {
    town here{{.business_account_id = account_id}};

    // Its exit code, and its findings as "channel/check: kind".
    std::pair<int, json> examined() {
        const auto [code, said] = here.house.command({"doctor", "--format", "json"});
        const auto from = said.find('{');
        const auto read = json::parse(from == std::string::npos ? "" : said.substr(from), nullptr, false);
        EXPECT_TRUE(read.is_object()) << said;
        EXPECT_THAT(said, Not(HasSubstr("test_app_secret")));
        return {code, read.is_object() ? read["findings"] : json::array()};
    }
    static json of(const json& findings, std::string_view check, std::string_view kind) {
        for (const auto& one : findings) {
            if (one["check"] == check && one["kind"] == kind) return one;
        }
        return {};
    }
    // Exactly this check is broken now, with a mend.
    void broken(std::string_view check, std::string_view what) {
        const auto [code, findings] = examined();
        EXPECT_EQ(code, 1);
        const auto found = of(findings, check, "broken");
        ASSERT_TRUE(found.is_object()) << check << findings.dump(1);
        EXPECT_THAT(found["what"].get<std::string>(), HasSubstr(std::string{what}));
        EXPECT_NE(found["mend"], "");
    }
    void planned(const std::string& path, int status, json body) {
        json answers;
        answers[path] = {{"status", status}, {"body", std::move(body)}};
        here.meta.control({{"graph", answers}});
    }
};

TEST_F(doctor, what_is_well_is_said_to_be) {
    const auto [code, findings] = examined();
    for (const auto* check : {"token", "number", "health", "identity_check", "subscription", "fields",
                              "handshake", "signature"}) {
        EXPECT_TRUE(of(findings, check, "ok").is_object()) << check << findings.dump(1);
    }
    // The stand-in has none of our templates.
    EXPECT_EQ(code, 1);
    EXPECT_THAT(of(findings, "templates", "broken")["what"].get<std::string>(), HasSubstr("no template of this name"));
    EXPECT_TRUE(of(findings, "public_url", "advice").is_object());
    const auto [same, text] = here.house.command({"doctor"});
    EXPECT_EQ(same, 1);
    EXPECT_THAT(text, HasSubstr("ok\twhatsapp\ttoken"));
    EXPECT_THAT(text, HasSubstr(" broken\n"));
}

TEST_F(doctor, everything_meta_can_refuse_is_named) {
    const json denied{{"error", {{"code", 10}, {"message", "no"}}}};
    planned("debug_token", 200, {{"data", {{"is_valid", false}}}});
    broken("token", "not valid");
    planned("debug_token", 200, {{"data", {{"is_valid", true}, {"app_id", "9"}, {"scopes", json::array()}}}});
    broken("token", "lacks the permission");
    planned(std::string{account_id} + "/subscribed_apps", 200, {{"data", json::array()}});
    broken("subscription", "not subscribed");
    planned("900800700600500/subscriptions", 200, {{"data", json::array()}});
    broken("fields", "messages is not ticked");
    planned(account_id, 200, {{"health_status", {{"can_send_message", "BLOCKED"}}}});
    broken("health", "the account is BLOCKED");
    planned(std::string{phone_number_id} + "/settings", 403, denied);
    broken("identity_check", "(10)");
    planned(std::string{phone_number_id}, 200, {{"status", "DISCONNECTED"}});
    broken("number", "DISCONNECTED");
    planned(std::string{account_id} + "/message_templates", 403, denied);
    broken("templates", "could not be read");
}

TEST_F(doctor, another_verify_token_or_secret_of_the_running_gateway_is_found) {
    here.house.set_channel("verify_token", "another");
    broken("handshake", "another verify_token");
    here.house.set_channel("verify_token", std::string{verify_token});
    here.house.set_channel("app_secret", "another secret");
    broken("signature", "badly signed");
}

TEST_F(doctor, a_gateway_that_does_not_run_is_found_and_a_wrong_format_is_a_mistake) {
    EXPECT_EQ(here.house.stop(), 0);
    broken("handshake", "nobody answers");
    EXPECT_EQ(here.house.command({"doctor", "--format", "xml"}).first, 2);
}

TEST_F(doctor, what_to_paste_at_a_provider_that_signs_nothing_is_said_without_its_secret) {
    here.house.configure(
        "channels: [{name: sms, type: kannel, username: gw, password: \"g&w\", from: \"4040\", "
        "sendsms_url: \"http://127.0.0.1:1/cgi-bin/sendsms\", path_secret: c7f3c7f3c7f3c7f3}]"
    );
    const auto said = here.house.command({"doctor"}).second;
    EXPECT_THAT(said, HasSubstr("/webhooks/sms/ and behind it the channel's path_secret"));
    EXPECT_THAT(said, Not(HasSubstr("c7f3c7f3")));
    EXPECT_THAT(said, HasSubstr("the provider does not answer"));
}

// ---- SMPP: there is no gateway running, so nobody else is bound.

struct smpp_doctor : testing::Test {
    place where{};
    gateway house{where, {}};
    fake_smsc centre{[](const fake_submit&) { return fake_reply{}; }};

    // Its findings as "check kind what", without those of the installation.
    std::vector<std::string> examined(const std::string& host, std::uint16_t port, const std::string& more = {}) {
        house.configure(
            "channels: [{name: sms, type: smpp, host: " + host + ", port: " + std::to_string(port) +
            ", system_id: gwtest, password: secret1, from: \"4040\"" + more + "}]"
        );
        const auto said = house.command({"doctor", "--format", "json"}).second;
        EXPECT_THAT(said, Not(HasSubstr("secret1")));
        const auto read = json::parse(said.substr(said.find('{')), nullptr, false);
        EXPECT_TRUE(read.is_object()) << said;
        std::vector<std::string> out;
        if (!read.is_object()) return out;
        for (const auto& one : read["findings"]) {
            if (one["channel"] != "sms") continue;
            const auto text = [&](const char* key) { return one[key].get<std::string>(); };
            out.push_back(text("check") + " " + text("kind") + " " + text("what"));
            EXPECT_EQ(text("mend").empty(), text("kind") == "ok") << out.back();
        }
        return out;
    }
};

TEST_F(smpp_doctor, everything_well_is_looked_at_and_nothing_is_left_bound) {
    EXPECT_THAT(
        examined("127.0.0.1", centre.port()),
        testing::ElementsAre(
            "connect ok the SMSC is reached", "bind ok the SMSC knows us",
            HasSubstr("enquire_link ok an answer takes"), "unbind ok goodbye was answered"
        )
    );
    EXPECT_EQ(centre.binds(), 1U);
    EXPECT_TRUE(soon([&] { return !centre.is_bound(); }));
}

TEST_F(smpp_doctor, each_thing_that_can_be_wrong_is_named) {
    EXPECT_THAT(
        examined("nowhere.invalid", 2775),
        testing::ElementsAre("resolve broken the host name was not found")
    );
    EXPECT_THAT(
        examined("127.0.0.1", free_port()), testing::ElementsAre(HasSubstr("connect broken cannot connect"))
    );
    centre.bind_status_is(0x0E);
    EXPECT_THAT(
        examined("127.0.0.1", centre.port()),
        testing::ElementsAre(testing::_, "bind broken the password is not accepted (0xe)")
    );
    centre.bind_status_is(0x05);
    EXPECT_THAT(
        examined("127.0.0.1", centre.port()),
        testing::ElementsAre(testing::_, HasSubstr("bind advice already bound"))
    );
    centre.bind_status_is(0);
    centre.goes();
    EXPECT_THAT(
        examined("127.0.0.1", centre.port()),
        testing::ElementsAre(testing::_, HasSubstr("bind broken the "))
    );
}

TEST_F(smpp_doctor, a_certificate_that_is_over_and_a_port_without_tls_are_named) {
    make_certificate(where / "old.pem", where / "old.key", "old", -3'600);
    make_certificate(where / "good.pem", where / "good.key", "good");
    fake_smsc sealed{
        [](const fake_submit&) { return fake_reply{}; }, where / "old.pem", where / "old.key"};
    const auto with_tls = [&](const char* file) {
        return examined(
            "127.0.0.1", sealed.port(), std::string{", tls: true, certificate_authorities: "} + file
        );
    };
    EXPECT_THAT(with_tls("old.pem"), testing::ElementsAre(HasSubstr("tls broken the TLS certificate was refused: certificate has expired")));
    sealed.certificate_is(where / "good.pem", where / "good.key");
    EXPECT_THAT(with_tls("good.pem"), testing::Contains("tls ok its certificate is good"));
    EXPECT_THAT(
        examined("127.0.0.1", centre.port(), ", tls: true"),
        testing::ElementsAre(HasSubstr("tls broken "))
    );
}

}  // namespace
}  // namespace tertulia::integration
