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

TEST_F(config_test, what_people_send_is_kept_as_the_file_says) {
    const auto silent = load(well);
    ASSERT_TRUE(silent.loaded);
    EXPECT_EQ(silent.loaded->received.folder, folder / "var/received");
    EXPECT_EQ(silent.loaded->received.keep, std::chrono::days{90});
    EXPECT_EQ(silent.loaded->received.largest_mb, 25U);
    const auto said =
        load(std::string{well} + "received: {folder: files, keep: 30, largest_mb: 100}\n");
    ASSERT_TRUE(said.loaded);
    EXPECT_EQ(said.loaded->received.folder, folder / "files");
    EXPECT_EQ(said.loaded->received.keep, std::chrono::days{30});
    EXPECT_EQ(said.loaded->received.largest_mb, 100U);
    for (const auto* wrong :
         {"{keep: 0}", "{keep: soon}", "{largest_mb: 0}", "{largest_mb: 101}", "{colour: red}"}) {
        EXPECT_NE(problems(std::string{well} + "received: " + wrong + "\n"), "") << wrong;
    }
}

TEST_F(config_test, what_she_sees_of_our_reading_is_one_of_three) {
    using adapters::whatsapp_cloud::reading_shown;
    EXPECT_EQ(whatsapp(load(well)).shows, reading_shown::typing);
    const auto with = [](const std::string& word) {
        std::string text{well};
        return text.replace(text.find("rate:"), 0, "read_marks: " + word + ", ");
    };
    EXPECT_EQ(whatsapp(load(with("none"))).shows, reading_shown::nothing);
    EXPECT_EQ(whatsapp(load(with("read"))).shows, reading_shown::read);
    EXPECT_THAT(problems(with("maybe")), HasSubstr("write none, read or typing"));
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

TEST_F(config_test, accounts_are_told_as_they_are_written_and_each_once) {
    const auto with_accounts = [](const std::string& list) {
        std::string text = well;
        const std::string where = "languages: [es, en]";
        text.replace(text.find(where), where.size(), where + ", accounts: " + list);
        return text;
    };
    const auto got = load(with_accounts(R"([{bank: Uno, number: "1-2"}, {bank: Dos, number: "3", holder: X}])"));
    ASSERT_TRUE(got.loaded);
    const auto& all = got.loaded->institution.accounts;
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].number, "1-2");
    EXPECT_EQ(all[0].holder, "Las Ceibas");
    EXPECT_EQ(all[1].holder, "X");
    EXPECT_THAT(
        problems(with_accounts(R"([{bank: Uno, number: "1"}, {bank: Dos, number: "1"}])")),
        HasSubstr("the account 1 is there twice")
    );
    EXPECT_THAT(problems(with_accounts("[{bank: Uno}]")), HasSubstr("number"));
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

TEST_F(config_test, how_a_list_is_asked_is_a_length_of_time_within_what_it_keeps) {
    const auto with = [](const std::string& type, const std::string& how) {
        return std::string{R"(
institution: {name: Las Ceibas, time_zone: America/Guatemala, currency: GTQ, languages: [es]}
channels:
  - {name: sms, type: )"} + type + how + "}\n";
    };
    const std::string infobip =
        "infobip, api_key: k, from: \"4040\", path_secret: 0123456789abcdef, api_base: \"https://x\"";
    const auto plain = load(with(infobip, ""));
    ASSERT_TRUE(plain.loaded);
    EXPECT_EQ(plain.loaded->channels.at(0).reconcile.every, std::chrono::minutes{5});
    EXPECT_EQ(plain.loaded->channels.at(0).reconcile.back, std::chrono::hours{48});
    const auto other = load(with(infobip, ", reconcile: {every: 1 min, back: 3 h}"));
    ASSERT_TRUE(other.loaded);
    EXPECT_EQ(other.loaded->channels.at(0).reconcile.every, std::chrono::minutes{1});
    EXPECT_EQ(other.loaded->channels.at(0).reconcile.back, std::chrono::hours{3});
    const auto never = load(with(infobip, ", reconcile: {every: 0}"));
    ASSERT_TRUE(never.loaded);
    EXPECT_EQ(never.loaded->channels.at(0).reconcile.every, std::chrono::minutes{0});
    for (const auto* wrong :
         {"{every: 10 s}", "{every: 2 days}", "{every: soon}", "{every: -1 min}", "{back: 30 min}",
          "{back: 7 days}", "{back: 0}"}) {
        EXPECT_THAT(
            problems(with(infobip, std::string{", reconcile: "} + wrong)),
            HasSubstr("is a length of time from")
        ) << wrong;
    }
    EXPECT_THAT(
        problems(with(infobip, ", reconcile: {evry: 5 min}")), HasSubstr("did you mean 'every'?")
    );
    EXPECT_THAT(
        problems(with(
            "vonage, api_key: k, api_secret: s, from: \"1\", signature_secret: s",
            ", reconcile: {every: 5 min}"
        )),
        HasSubstr("has no setting 'reconcile'")
    );
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

constexpr auto whatsapp_row =
    "name: whatsapp, type: whatsapp_cloud, phone_number_id: \"1\", access_token: t, app_secret: s, "
    "verify_token: v";

TEST_F(config_test, a_whatsapp_channel_may_have_its_account_and_prices) {
    const auto got = load(with_channel(
        std::string{whatsapp_row} + R"(, business_account_id: "102", prices: {currency: USD, )"
                                    R"(service: "0.0008", utility: 1, marketing: "12.3456789"})"
    ));
    EXPECT_FALSE(got.loaded) << "seven decimals";
    const auto good = load(with_channel(
        std::string{whatsapp_row} + R"(, business_account_id: "102", prices: {currency: USD, )"
                                    R"(service: "0.0008", utility: 1, marketing: "12.345678"})"
    ));
    ASSERT_TRUE(good.loaded);
    EXPECT_EQ(whatsapp(good).business_account_id, "102");
    const auto& prices = good.loaded->channels.at(0).prices;
    EXPECT_EQ(prices.currency, "USD");
    EXPECT_EQ(prices.micros.at("service"), 800);
    EXPECT_EQ(prices.micros.at("utility"), 1'000'000);
    EXPECT_EQ(prices.micros.at("marketing"), 12'345'678);
    EXPECT_FALSE(prices.micros.contains("authentication"));
}

TEST_F(config_test, prices_that_are_none_are_mistakes) {
    const auto row = [](const char* prices) {
        return with_channel(std::string{whatsapp_row} + ", prices: " + prices);
    };
    EXPECT_THAT(problems(row(R"({currency: USD, service: "free"})")), HasSubstr("'free' is not a price"));
    EXPECT_THAT(problems(row(R"({service: "1"})")), HasSubstr("currency"));
    EXPECT_THAT(problems(row(R"({currency: USD, postcards: "1"})")), HasSubstr("postcards"));
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
    // Where to find it is said with what is missing.
    EXPECT_THAT(
        told("name: a, type: twilio"),
        HasSubstr("a channel needs 'account_sid' | account_sid: AC…, of Twilio's console.")
    );
    EXPECT_THAT(
        told("name: a, type: infobip, api_key: k, from: \"4040\", path_secret: 0123456789abcdef"),
        HasSubstr("'api_base' must be an http(s) address | api_base: https://xxxxx.api.infobip.com")
    );
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
    EXPECT_THAT(told(std::string{kannel_row} + ", spelling: plian"), HasSubstr("did you mean 'plain'"));
}

TEST_F(config_test, a_ussd_channel_names_who_says_the_rest) {
    const std::string ussd =
        "name: ussd, type: africas_talking_ussd, path_secret: 0123456789abcdef, otherwise: ";
    const auto beside_sms = [&](const std::string& other) {
        return with_channel(kannel_row) + "  - {" + ussd + other + "}\n";
    };
    const auto got = load(beside_sms("sms, service_codes: \"*384*123#\", more: \"98. Más\""));
    ASSERT_TRUE(got.loaded) << problems(beside_sms("sms"));
    const auto& one = got.loaded->channels.at(1);
    const auto& settings = std::get<ussd_settings>(one.provider);
    EXPECT_EQ(kind_of(one), channel_kind::sms);
    EXPECT_EQ(settings.service_codes, (std::vector<std::string>{"*384*123#"}));
    EXPECT_EQ(settings.opening, "menu");
    EXPECT_EQ(settings.more, "98. Más");
    EXPECT_THAT(problems(beside_sms("smss")), HasSubstr("names no channel of SMS: 'smss'"));
    EXPECT_THAT(problems(beside_sms("ussd")), HasSubstr("names no channel of SMS: 'ussd'"));
    EXPECT_THAT(problems(beside_sms("sms, more: Next")), HasSubstr("what to type for the next page"));
    EXPECT_NE(problems(beside_sms("sms, reply_within: 15")), "") << "Africa's Talking hangs up";
}

TEST_F(config_test, what_networks_make_of_a_name_is_told_by_country) {
    const auto by = [&](const std::string& type, const std::string& rest) {
        const std::string own = type == "kannel" ? "username: u, password: p" : "api_key: k, api_base: \"https://x.example\"";
        return problems(with_channel(
            "name: sms, type: " + type + ", " + own +
            ", path_secret: 0123456789abcdef, from: MicroBanco" + rest
        ));
    };
    // GT: the institution's own country, where none is named.
    EXPECT_THAT(by("infobip", ""), HasSubstr("networks of GT replace or refuse a name"));
    EXPECT_THAT(by("infobip", ", sends_to: [KE, HN]"), HasSubstr("networks of KE take only registered"));
    EXPECT_THAT(by("infobip", ", sends_to: HN"), testing::Not(HasSubstr("networks of")));
    EXPECT_THAT(by("infobip", ", sends_to: HN"), HasSubstr("nobody can answer a name"));
    EXPECT_THAT(by("infobip", ", sends_to: AQ"), HasSubstr("networks of AQ take a name is not known"));
    EXPECT_THAT(by("infobip", ", name_registered_in: GT"), testing::Not(HasSubstr("networks of")));
    EXPECT_THAT(by("infobip", ", sends_to: Honduras"), HasSubstr("'Honduras' is not a country code"));
    EXPECT_THAT(
        by("infobip", ", sends_to: HN, fallback_for: whatsapp"),
        HasSubstr("what whatsapp could not deliver goes by it, questions included")
    );
    // It stops the gateway where an aggregator carries it; an operator's own contract is a warning.
    const auto loads = [&](const std::string& row) { return load(with_channel(row)).loaded.has_value(); };
    EXPECT_FALSE(loads("name: sms, type: infobip, api_key: k, api_base: \"https://x.example\", "
                       "path_secret: 0123456789abcdef, from: MicroBanco"));
    EXPECT_TRUE(loads("name: sms, type: kannel, username: u, password: p, "
                      "path_secret: 0123456789abcdef, from: MicroBanco"));
    EXPECT_THAT(by("kannel", ""), HasSubstr("networks of GT replace or refuse a name"));
}

TEST_F(config_test, a_sender_is_one_a_network_takes) {
    const auto from = [&](const std::string& sender) {
        return problems(with_channel(
            "name: sms, type: kannel, username: gw, password: pw, path_secret: 0123456789abcdef, "
            "from: \"" +
            sender + "\""
        ));
    };
    for (const auto* fine : {"4040", "+15005550006", "50255550101"}) EXPECT_EQ(from(fine), "");
    for (const auto* wrong : {"12", "MicroBanco12", "Señal", "+1-500-555", "0123456", "Banco!"}) {
        EXPECT_THAT(from(wrong), HasSubstr("no network takes")) << wrong;
    }
    EXPECT_THAT(from("MicroBanco"), HasSubstr("nobody can answer a name"));
    EXPECT_THAT(
        problems(with_channel(
            "name: s, type: vonage, api_key: k, api_secret: s, signature_secret: x, from: "
            "ElBancoDeTodos"
        )),
        HasSubstr("no network takes")
    );
    EXPECT_THAT(
        problems(with_channel(
            "name: s, type: infobip, api_key: k, path_secret: 0123456789abcdef, from: \"1\", "
            "api_base: https://x.api.infobip.com"
        )),
        HasSubstr("no network takes")
    );
    EXPECT_THAT(
        problems(with_channel(
            "name: s, type: africas_talking, username: u, api_key: k, path_secret: "
            "0123456789abcdef, from: AFRICASTKNG2"
        )),
        HasSubstr("no network takes")
    );
    EXPECT_THAT(
        problems(with_channel(
            "name: s, type: twilio, account_sid: AC00000000000000000000000000000001, auth_token: "
            "t, from: MicroBanco12"
        )),
        HasSubstr("no network takes")
    );
}

constexpr auto smpp_row =
    "name: sms, type: smpp, host: smsc.example.org, system_id: gwtest, password: secret1, from: "
    "\"4040\"";

TEST_F(config_test, an_smpp_channel_says_what_the_operator_wrote_in_the_letter) {
    const auto got = load(with_channel(
        std::string{smpp_row} +
        ", tls: true, system_type: VMA, source_ton: 3, source_npi: 0, service_type: CMT, "
        "country_code: \"502\", window: 20, answer_within: 12, enquire_link: 60, default_alphabet: latin1, "
        "long_form: sar, receipts: every_part, receipt_ids: hex, spelling: as_written, "
        "validity: 60, parts_max: 3, rate: 30/s"
    ));
    ASSERT_TRUE(got.loaded);
    const auto& one = got.loaded->channels.at(0);
    EXPECT_EQ(kind_of(one), channel_kind::sms);
    namespace smpp = adapters::smpp;
    const auto& settings = std::get<smpp::channel_settings>(one.provider);
    EXPECT_EQ(settings.name, "sms");
    EXPECT_EQ(settings.host, "smsc.example.org");
    EXPECT_EQ(settings.port, 3550);
    EXPECT_EQ(settings.transport, smpp::transport::tls);
    EXPECT_EQ(settings.system_id, "gwtest");
    EXPECT_EQ(settings.password, "secret1");
    EXPECT_EQ(settings.system_type, "VMA");
    EXPECT_EQ(settings.bind, smpp::bind_kind::transceiver);
    EXPECT_EQ(settings.from, "4040");
    EXPECT_EQ(settings.source_ton, std::uint8_t{3});
    EXPECT_EQ(settings.source_npi, std::uint8_t{0});
    EXPECT_EQ(settings.service_type, "CMT");
    EXPECT_EQ(settings.country_code, "502");
    EXPECT_EQ(settings.window, 20U);
    EXPECT_EQ(settings.answer_within, std::chrono::seconds{12});
    EXPECT_EQ(settings.enquire_after, std::chrono::seconds{60});
    EXPECT_EQ(settings.default_alphabet, smpp::default_alphabet::latin1);
    EXPECT_EQ(settings.long_form, smpp::long_form::sar);
    EXPECT_EQ(settings.receipts, smpp::receipts::every_part);
    EXPECT_EQ(settings.receipt_ids, smpp::receipt_ids::hex);
    EXPECT_EQ(settings.spelling, sms_spelling::as_written);
    EXPECT_EQ(settings.validity, std::chrono::minutes{60});
    EXPECT_EQ(settings.parts_max, 3U);
    EXPECT_EQ(settings.per_second, 30.0) << "the contract's, parts counted";
    EXPECT_EQ(one.limit.per_second, 30.0);
}

TEST_F(config_test, an_smpp_channel_needs_little) {
    const auto got = load(with_channel(smpp_row));
    ASSERT_TRUE(got.loaded) << problems(with_channel(smpp_row));
    const auto& settings =
        std::get<adapters::smpp::channel_settings>(got.loaded->channels.at(0).provider);
    EXPECT_EQ(settings.port, 2775);
    EXPECT_EQ(settings.window, 10U);
    EXPECT_EQ(settings.per_second, 1.0);
    EXPECT_FALSE(settings.source_ton);
    EXPECT_FALSE(settings.source_npi);
}

TEST_F(config_test, mistakes_in_an_smpp_channel_are_told) {
    EXPECT_THAT(
        problems(with_channel("name: a, type: smpp")),
        testing::AllOf(
            HasSubstr("needs 'host'"),
            HasSubstr("needs 'system_id'"),
            HasSubstr("needs 'password'"),
            HasSubstr("needs 'from'")
        )
    );
    const std::pair<const char*, const char*> wrong[]{
        {"port: 0", "'port'"},
        {"port: 65536", "'port'"},
        {"tls: perhaps", "'tls'"},
        {"certificate_authorities: here.pem", "of no use without TLS"},
        {"tls: true, certificate_authorities: here.pem", "the file 'here.pem' cannot be read"},
        {"system_type: thirteen-long", "'system_type' has more than 12 letters"},
        {"service_type: sixsix", "'service_type' has more than 5 letters"},
        {"source_ton: 7", "'source_ton'"},
        {"source_npi: 19", "'source_npi'"},
        {"country_code: +502", "'country_code' is one to three digits"},
        {"window: 0", "'window'"},
        {"window: 1001", "'window'"},
        {"answer_within: 1", "'answer_within'"},
        {"answer_within: 121", "'answer_within'"},
        {"enquire_link: 4", "'enquire_link'"},
        {"default_alphabet: gsm", "'default_alphabet' is one of gsm7, latin1"},
        {"long_form: udh", "'long_form' is one of header_8_bit, header_16_bit, sar, payload"},
        {"receipts: all", "'receipts' is one of last_part, every_part, none"},
        {"receipt_ids: dec", "'receipt_ids' is one of same, decimal, hex"},
        {"spelling: nice", "'spelling' is one of plain, as_written"},
        {"validity: 142561", "'validity'"},
        {"parts_max: 0", "'parts_max'"},
        {"path_secret: 0123456789abcdef", "no setting 'path_secret'"},
        {"allow_from: 192.0.2.1", "nobody calls an SMPP channel"},
        {"rate: fast", "'rate' must be a rate"}};
    for (const auto& [keys, what] : wrong) {
        EXPECT_THAT(problems(with_channel(std::string{smpp_row} + ", " + keys)), HasSubstr(what))
            << keys;
    }
    const auto with = [](std::string row, const std::string& was, const std::string& now) {
        return with_channel(row.replace(row.find(was), was.size(), now));
    };
    EXPECT_THAT(
        problems(with(smpp_row, "gwtest", "sixteen-letters-x")),
        HasSubstr("'system_id' has more than 15 letters")
    );
    EXPECT_THAT(
        problems(with(smpp_row, "secret1", "nine-long")),
        testing::AllOf(
            HasSubstr("'password' has more than 8 letters"), testing::Not(HasSubstr("nine-long"))
        )
    );
    EXPECT_THAT(
        problems(with(smpp_row, "4040", "a name far too long")),
        HasSubstr("'from' is nothing a network takes")
    );
}

constexpr auto meta =
    "  - {name: whatsapp, type: whatsapp_cloud, phone_number_id: '1', access_token: t, "
    "app_secret: s, verify_token: v, identity_check: true";
constexpr auto by_kannel =
    "type: kannel, username: u, password: p, from: '5050', path_secret: 0123456789abcdef";

std::string ladder_of(const std::string& whatsapp_more, const std::string& others) {
    return "institution: {name: L, time_zone: America/Guatemala, currency: GTQ, languages: [es]}\n"
           "channels:\n" +
           std::string{meta} + whatsapp_more + "}\n" + others;
}
std::string sms(const std::string& name, const std::string& more) {
    return "  - {name: " + name + ", " + by_kannel + ", " + more + "}\n";
}

TEST_F(config_test, a_channel_may_carry_on_what_another_could_not_deliver) {
    const auto got =
        load(ladder_of("", sms("sms", "fallback_for: [whatsapp], fallback_after: 4 h")));
    ASSERT_TRUE(got.loaded);
    const auto& house = got.loaded->institution.channels;
    ASSERT_EQ(house.size(), 2U);
    EXPECT_TRUE(house[0].checks_identity);
    EXPECT_EQ(house[1].fallback_for, std::vector<std::string>{"whatsapp"});
    EXPECT_EQ(house[1].fallback_after, std::chrono::hours{4});
}

TEST_F(config_test, a_ladder_has_rungs_that_exist_and_an_end) {
    EXPECT_THAT(
        problems(ladder_of("", sms("sms", "fallback_for: [watsapp]"))),
        HasSubstr("no channel 'watsapp' to fall back from | did you mean 'whatsapp'?")
    );
    EXPECT_THAT(
        problems(ladder_of(", fallback_for: [sms]", sms("sms", "rate: 1/s"))),
        HasSubstr("only an SMS channel reaches any number")
    );
    EXPECT_THAT(
        problems(ladder_of("", sms("a", "fallback_for: [b]") + sms("b", "fallback_for: [a]"))),
        HasSubstr("'a' is, by the others, its own fallback")
    );
    EXPECT_THAT(
        problems(ladder_of("", sms("a", "fallback_for: [a]"))), HasSubstr("its own fallback")
    );
}

TEST_F(config_test, a_time_to_wait_for_the_first_channel_is_one_worth_waiting) {
    EXPECT_THAT(
        problems(ladder_of("", sms("sms", "fallback_for: [whatsapp], fallback_after: 5 s"))),
        HasSubstr("'fallback_after' is a time from 1 min to 7 days | fallback_after: 4 h")
    );
    EXPECT_THAT(
        problems(ladder_of("", sms("sms", "fallback_after: 4 h"))),
        HasSubstr("'fallback_after' belongs to 'fallback_for'")
    );
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
    EXPECT_EQ(core.poll.count(), 5);
    EXPECT_EQ(core.sweep.count(), 150);
    EXPECT_FALSE(core.writes.notes || core.writes.applications || core.writes.attendance)
        << "nothing is written unless it is asked for";
    EXPECT_EQ(got.stale_after.count(), 15);
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
