// Every mistake in tertulia.yaml must be named with its place and its mend, and none may be hidden
// by another.

#include "gateway/config/config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

namespace tertulia::gateway {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

constexpr auto well = R"(
institution: {name: Las Ceibas, time_zone: America/Guatemala, currency: GTQ, languages: [es, en]}
channels:
  - {name: whatsapp, type: whatsapp_cloud, phone_number_id: "1", access_token: t, app_secret: s,
     verify_token: v, rate: 20/min}
)";

struct config_test : testing::Test {
    fs::path folder = [] {
        std::string form = (fs::temp_directory_path() / "tertulia-config-XXXXXX").string();
        return fs::path{mkdtemp(form.data())};
    }();
    std::map<std::string, std::string, std::less<>> variables;

    ~config_test() override { fs::remove_all(folder); }

    config_result load(const std::string& text) {
        std::ofstream{folder / "tertulia.yaml"} << text;
        return load_config(folder / "tertulia.yaml", [this](std::string_view name) {
            const auto found = variables.find(name);
            return found == variables.end() ? std::nullopt : std::optional{found->second};
        });
    }
    std::string problems(const std::string& text) {
        std::string out;
        for (const auto& one : load(text).problems) {
            out += std::to_string(one.line) + ":" + std::to_string(one.column) + ": " + one.what +
                   " | " + one.mend + "\n";
        }
        return out;
    }
};

const adapters::whatsapp_cloud::channel_settings& whatsapp(const config_result& of) {
    return std::get<adapters::whatsapp_cloud::channel_settings>(of.loaded->channels.at(0).provider);
}

TEST_F(config_test, a_short_file_gets_its_defaults_and_paths_relative_to_itself) {
    const auto got = load(well);

    ASSERT_TRUE(got.loaded) << problems(well);
    EXPECT_EQ(got.loaded->server.listen, "127.0.0.1:8080");
    EXPECT_EQ(got.loaded->store.sqlite_file, folder / "var/tertulia.db");
    EXPECT_EQ(got.loaded->dialogs, folder / "dialogs");
    EXPECT_EQ(whatsapp(got).api_base, "https://graph.facebook.com");
    EXPECT_NEAR(got.loaded->channels.at(0).limit.per_second, 20.0 / 60, 1e-9);
    EXPECT_FALSE(got.loaded->simulator);
}

TEST_F(config_test, every_mistake_is_listed_with_its_place_and_mend) {
    const auto said = problems(R"(
institution: {name: Las Ceibas, time_zone: America/Guatemala, currency: quetzal, languages: [es]}
server: {lisen: "127.0.0.1:1", admin: nowhere}
channels:
  - {name: Whats App, type: whatsapp, phone_number_id: "1", access_token: t, app_secret: s, verify_token: v}
)");
    EXPECT_THAT(said, HasSubstr("2:"));
    EXPECT_THAT(said, HasSubstr("'quetzal' is not a currency code"));
    EXPECT_THAT(said, HasSubstr("3:10: server has no setting 'lisen' | did you mean 'listen'?"));
    EXPECT_THAT(said, HasSubstr("'admin' must be host:port"));
    EXPECT_THAT(said, HasSubstr("a channel's name is part of its webhook address"));
    EXPECT_THAT(said, HasSubstr("there is no channel type 'whatsapp'"));
}

TEST_F(config_test, a_rate_is_a_number_that_can_be_sent) {
    const auto with_rate = [this](std::string rate) {
        std::string text = well;
        text.replace(text.find("20/min"), 6, rate);
        return problems(text);
    };
    EXPECT_EQ(with_rate("0/s"), "");
    EXPECT_EQ(with_rate("10000/s"), "");
    EXPECT_THAT(with_rate("10001/s"), HasSubstr("more than anything can send"));
    EXPECT_THAT(with_rate(std::string(400, '9')), HasSubstr("'rate' must be a rate"));
    EXPECT_THAT(with_rate("-1/s"), HasSubstr("'rate' must be a rate"));
    EXPECT_THAT(with_rate("fast"), HasSubstr("for example 80/s, 20/min or 600/h"));
}

TEST_F(config_test, staff_are_telephones_with_their_country) {
    const auto with_staff = [](const std::string& list) {
        std::string text = well;
        const std::string where = "languages: [es, en]";
        text.replace(text.find(where), where.size(), where + ", staff: " + list);
        return text;
    };
    const auto got = load(with_staff(R"(["+50255501234", +33612345678])"));
    ASSERT_TRUE(got.loaded);
    EXPECT_EQ(got.loaded->staff, (std::vector<std::string>{"+50255501234", "+33612345678"}));
    for (const auto* wrong : {"[55501234]", "[\"+502 5550 1234\"]", "[+0255501234]", "[+502]", "[\"\"]",
                              "[+50255501234567890]", "ana"}) {
        EXPECT_THAT(problems(with_staff(wrong)), HasSubstr("is not a telephone number")) << wrong;
    }
}

TEST_F(config_test, an_admin_token_is_not_easily_guessed) {
    EXPECT_THAT(
        problems(std::string{well} + "server: {admin_token: secret}\n"),
        HasSubstr("fewer than 16 letters")
    );
    const auto got = load(std::string{well} + "server: {admin_token: 0123456789abcdef}\n");
    ASSERT_TRUE(got.loaded);
    EXPECT_EQ(got.loaded->server.admin_token, "0123456789abcdef");
}

TEST_F(config_test, ranges_of_addresses_are_read_and_each_mistake_in_them_is_named) {
    const auto with = [](const std::string& allow, const std::string& proxies) {
        std::string text = well;
        text.replace(text.find("rate: 20/min"), 12, "allow_from: " + allow);
        return text + "server: {trusted_proxies: " + proxies + "}\n";
    };
    const auto got = load(with(R"([192.0.2.0/24, "2001:db8::/32"])", "127.0.0.1"));
    ASSERT_TRUE(got.loaded);
    EXPECT_EQ(
        got.loaded->channels.at(0).allow_from,
        (std::vector<std::string>{"192.0.2.0/24", "2001:db8::/32"})
    );
    EXPECT_EQ(got.loaded->server.trusted_proxies, (std::vector<std::string>{"127.0.0.1"}));
    for (const auto* wrong :
         {"[\"\"]", "[sms.example.org]", "[192.0.2.0/33]", "[192.0.2.0/]", "[192.0.2.0-9]",
          "[\"192.0.2.7:80\"]"}) {
        EXPECT_THAT(
            problems(with(wrong, "127.0.0.1")),
            HasSubstr("in 'allow_from' is no range of addresses | for example 192.0.2.7")
        ) << wrong;
    }
    EXPECT_THAT(
        problems(with("[192.0.2.7/24]", "127.0.0.1")),
        HasSubstr("write 192.0.2.0/24 for all of them, or 192.0.2.7 for the one")
    );
    EXPECT_THAT(problems(with("[]", "127.0.0.1")), HasSubstr("'allow_from' names nobody"));
    EXPECT_THAT(problems(with("192.0.2.7", "[]")), HasSubstr("'trusted_proxies' names nobody"));
    for (const auto* everybody : {"0.0.0.0/0", "[\"::/0\"]", "[127.0.0.1, 0.0.0.0/0]"}) {
        EXPECT_THAT(
            problems(with("192.0.2.7", everybody)), HasSubstr("'trusted_proxies' trusts everybody")
        ) << everybody;
    }
}

TEST_F(config_test, variables_files_and_defaults_are_filled_in) {
    variables["TOKEN"] = "from-environment";
    std::ofstream{folder / "secret"} << "from-file\n";
    const auto got = load(R"(
institution: {name: "${NAME:-Las Ceibas}", time_zone: America/Guatemala, currency: GTQ, languages: [es]}
channels:
  - {name: whatsapp, type: whatsapp_cloud, phone_number_id: "1", access_token: "${TOKEN}",
     app_secret: ["${file:secret}", old], verify_token: "a$${b"}
)");
    ASSERT_TRUE(got.loaded);
    EXPECT_EQ(got.loaded->institution.name, "Las Ceibas");
    EXPECT_EQ(whatsapp(got).access_token, "from-environment");
    EXPECT_EQ(whatsapp(got).app_secrets, (std::vector<std::string>{"from-file", "old"}));
    EXPECT_EQ(whatsapp(got).verify_token, "a${b");
}

TEST_F(config_test, an_unset_variable_and_a_missing_file_are_mistakes) {
    const auto said = problems(R"(
institution: {name: "${NOBODY_SET_ME}", time_zone: America/Guatemala, currency: GTQ, languages: [es]}
channels:
  - {name: whatsapp, type: whatsapp_cloud, phone_number_id: "1", access_token: "${file:nowhere}",
     app_secret: s, verify_token: "${open"}
)");
    EXPECT_THAT(said, HasSubstr("the environment variable NOBODY_SET_ME is not set"));
    EXPECT_THAT(said, HasSubstr("cannot read the file"));
    EXPECT_THAT(said, HasSubstr("'${' is not closed"));
}

TEST_F(config_test, the_simulator_is_refused_where_others_can_reach_it) {
    for (const auto* server :
         {R"({listen: "0.0.0.0:8080"})", R"({public_url: "https://chat.example.org"})"}) {
        EXPECT_THAT(
            problems(std::string{well} + "simulator: true\nserver: " + server + "\n"),
            HasSubstr("lets anyone play any client")
        );
    }
    EXPECT_EQ(problems(std::string{well} + "simulator: true\n"), "");
}

TEST_F(config_test, broken_yaml_is_named_with_its_line) {
    EXPECT_THAT(problems("institution: {name: [unclosed\n"), HasSubstr("check the indentation"));
    EXPECT_THAT(problems(std::string(20'000, '[')), HasSubstr("|"));
    EXPECT_THAT(problems("\xff\xfe"), HasSubstr("|"));
    EXPECT_NE(problems(""), "");
    EXPECT_NE(problems("just words"), "");
}

TEST_F(config_test, keys_written_twice_and_channels_called_alike_are_mistakes) {
    EXPECT_THAT(
        problems(std::string{well} + "simulator: false\nsimulator: true\n"),
        HasSubstr("'simulator' stands here twice")
    );
    EXPECT_THAT(
        problems(R"(
institution: {name: Las Ceibas, time_zone: America/Guatemala, currency: GTQ, languages: [es]}
channels:
  - {name: a, type: whatsapp_cloud, phone_number_id: "1", access_token: t, app_secret: s, verify_token: v}
  - {name: a, type: whatsapp_cloud, phone_number_id: "2", access_token: t, app_secret: s, verify_token: v}
)"),
        HasSubstr("two channels are called 'a'")
    );
}

TEST_F(config_test, a_missing_config_says_how_to_name_one) {
    const auto got = load_config(folder / "nowhere.yaml", [](std::string_view) {
        return std::optional<std::string>{};
    });
    ASSERT_EQ(got.problems.size(), 1U);
    EXPECT_THAT(got.problems[0].mend, HasSubstr("--config"));
}

// ---- channels of other types

constexpr auto institution_yaml =
    "institution: {name: B, time_zone: America/Guatemala, currency: GTQ, languages: [es]}\n";

std::string with_channel(const std::string& row, const std::string& server = {}) {
    return std::string{institution_yaml} + server + "channels:\n  - {" + row + "}\n";
}

constexpr auto twilio_row =
    "name: sms, type: twilio, account_sid: AC00000000000000000000000000000001, auth_token: [new, "
    "old], from: \"+15005550006\"";
constexpr auto kannel_row =
    "name: sms, type: kannel, username: gw, password: pw, from: \"4040\", path_secret: "
    "0123456789abcdef";

TEST_F(config_test, a_twilio_channel_is_called_at_its_public_address) {
    const auto got =
        load(with_channel(twilio_row, "server: {public_url: \"https://chat.example.org/\"}\n"));
    ASSERT_TRUE(got.loaded) << problems(with_channel(twilio_row));
    const auto& one = got.loaded->channels.at(0);
    const auto& settings = std::get<adapters::twilio::channel_settings>(one.provider);
    EXPECT_EQ(kind_of(one), channel_kind::sms);
    EXPECT_EQ(settings.status_callback, "https://chat.example.org/webhooks/sms");
    EXPECT_EQ(settings.public_url, "https://chat.example.org");
    EXPECT_EQ(settings.auth_tokens, (std::vector<std::string>{"new", "old"}));
    EXPECT_EQ(one.limit.per_second, 1);
}

TEST_F(config_test, a_twilio_channel_of_whatsapp_shows_what_whatsapp_shows) {
    const std::string row =
        "name: wa, type: twilio, account_sid: AC00000000000000000000000000000001, auth_token: t, "
        "from: \"whatsapp:+15005550006\", templates: [{name: visit, language: es, content_sid: "
        "HX0123456789abcdef0123456789abcdef}]";
    const auto got = load(with_channel(row));
    ASSERT_TRUE(got.loaded) << problems(with_channel(row));
    const auto& one = got.loaded->channels.at(0);
    const auto& settings = std::get<adapters::twilio::channel_settings>(one.provider);
    EXPECT_EQ(kind_of(one), channel_kind::whatsapp);
    EXPECT_EQ(settings.from, "+15005550006");
    EXPECT_EQ(settings.templates.at(0).name, "visit");
}

TEST_F(config_test, a_kannel_channel_is_called_below_its_secret) {
    const auto got = load(with_channel(kannel_row));
    ASSERT_TRUE(got.loaded) << problems(with_channel(kannel_row));
    const auto& one = got.loaded->channels.at(0);
    const auto& settings = std::get<adapters::kannel::channel_settings>(one.provider);
    EXPECT_EQ(kind_of(one), channel_kind::sms);
    EXPECT_EQ(settings.callback_url, "http://127.0.0.1:8080/webhooks/sms");
    EXPECT_EQ(settings.sendsms_url, "http://127.0.0.1:13013/cgi-bin/sendsms");
}

TEST_F(config_test, mistakes_in_channels_are_told_by_type) {
    const auto told = [&](const std::string& row) { return problems(with_channel(row)); };
    EXPECT_THAT(told("name: a, type: twillio"), HasSubstr("did you mean 'twilio'?"));
    EXPECT_THAT(told("name: a"), HasSubstr("a channel needs 'type' | there are: whatsapp_cloud"));
    EXPECT_THAT(
        told("name: a, type: twilio, account_sid: 12, auth_token: t"),
        testing::AllOf(HasSubstr("AC and 32 hexadecimal digits"), HasSubstr("needs 'from' or"))
    );
    EXPECT_THAT(
        told(std::string{twilio_row} + ", api_key: SK1"), HasSubstr("belong together")
    );
    EXPECT_THAT(
        told(std::string{twilio_row} + ", templates: [{name: a, language: es, content_sid: HX1}]"),
        HasSubstr("a content_sid is HX and 32")
    );
    EXPECT_THAT(told(std::string{twilio_row} + ", templates: all"), HasSubstr("'templates' is a list"));
    EXPECT_THAT(told(std::string{twilio_row} + ", verify_token: v"), HasSubstr("no setting 'verify_token'"));
    EXPECT_THAT(
        told("name: a, type: kannel, username: u, password: p, from: \"1\", path_secret: short"),
        HasSubstr("'path_secret' is 16 to 128 letters")
    );
    EXPECT_THAT(
        told("name: a, type: kannel, username: u, password: p, from: \"1\""),
        HasSubstr("needs 'path_secret'")
    );
    EXPECT_THAT(told(std::string{kannel_row} + ", sendsms_url: ftp://x"), HasSubstr("http(s) address"));
}

std::string with_core(const std::string& core) {
    return std::string{well} + "core_banking: " + core + "\n";
}

constexpr auto fineract_core =
    "{type: fineract, base_url: https://core.example.org:8443/fineract-provider/api/v1/, "
    "tenant: ceibas, user: gateway, password: \"${CORE}\"}";

TEST_F(config_test, core_banking_is_the_ledger_or_fineract) {
    EXPECT_FALSE(load(well).loaded->core_banking.fineract);
    EXPECT_EQ(load(well).loaded->core_banking.stale_after.count(), 0);
    variables["CORE"] = "secret";
    const auto got = load(with_core(fineract_core)).loaded.value().core_banking;
    const auto& core = got.fineract.value();
    EXPECT_EQ(core.access.base_url, "https://core.example.org:8443/fineract-provider/api/v1");
    EXPECT_EQ(core.access.tenant, "ceibas");
    EXPECT_EQ(core.access.password, "secret");
    EXPECT_EQ(core.poll.count(), 15);
    EXPECT_EQ(core.sweep.count(), 150);
    EXPECT_FALSE(core.writes.notes || core.writes.applications || core.writes.attendance)
        << "nothing is written unless it is asked for";
    EXPECT_EQ(got.stale_after.count(), 120);
    EXPECT_EQ(got.down_after.count(), 2'880);
}

TEST_F(config_test, each_mistake_about_core_banking_is_named_with_its_mend) {
    const auto told = [this](const std::string& key, const std::string& value) {
        auto core = std::string{fineract_core};
        core.replace(core.find("${CORE}"), 7, "p");
        core.insert(core.size() - 1, ", " + key + ": " + value);
        return problems(with_core(core));
    };
    EXPECT_THAT(problems(with_core("{type: mambu}")), HasSubstr("there is: ledger, fineract"));
    EXPECT_THAT(problems(with_core("{type: ledger, tenant: x}")), HasSubstr("tenant"));
    const auto bare = problems(with_core("{type: fineract}"));
    for (const auto* key : {"base_url", "user", "password"}) EXPECT_THAT(bare, HasSubstr(key));
    EXPECT_THAT(told("sweep", "\"25:00\""), HasSubstr("time of the day"));
    EXPECT_THAT(told("hook_secret", "short"), HasSubstr("openssl rand"));
    EXPECT_THAT(told("writes", "[notes, repayments]"), HasSubstr("money is moved by people"));
    EXPECT_THAT(told("poll", "0"), HasSubstr("poll"));
    EXPECT_THAT(told("poll", "120"), HasSubstr("old between two rounds"));
    EXPECT_THAT(told("stale_after", "5000"), HasSubstr("less than 'stale_after'"));
    EXPECT_THAT(told("stael_after", "60"), HasSubstr("stale_after"));
    const auto at = [this](const std::string& url) {
        return problems(with_core("{type: fineract, user: u, password: p, base_url: \"" + url + "\"}"));
    };
    EXPECT_THAT(at("core.example.org/api/v1"), HasSubstr("http(s) address"));
    EXPECT_THAT(at("https://core.example.org/"), HasSubstr("/api/v1"));
    EXPECT_THAT(at("http://core.example.org/api/v1"), HasSubstr("without TLS"));
    EXPECT_EQ(at("http://127.0.0.1:8443/api/v1"), "");
    EXPECT_EQ(at("http://fineract:8080/fineract-provider/api/v1"), "");
}

}  // namespace
}  // namespace tertulia::gateway
