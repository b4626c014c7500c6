// Publishing is the one thing an operator does that reaches everybody at once: what is broken,
// stale or unheard of must change nothing.

#include "gateway/publishing/desk.hpp"

#include "dialogs/script/version.hpp"
#include "gateway/store/sqlite/sqlite_store.hpp"
#include "tests/talks/sources.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <csignal>

#include <sys/resource.h>
#include <unistd.h>

namespace tertulia::gateway {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::HasSubstr;

constexpr instant monday =
    std::chrono::sys_days{std::chrono::year{2026} / std::chrono::November / 23};

struct desk_test : testing::Test {
    fs::path folder = [] {
        std::string form = (fs::temp_directory_path() / "tertulia-desk-XXXXXX").string();
        return fs::path{mkdtemp(form.data())};
    }();
    std::unique_ptr<sqlite_store> disk = std::make_unique<sqlite_store>(sqlite_settings{
        .path = (folder / "t.db").string(), .checkpoint_thread = false});
    std::unique_ptr<script_library> library{};  // none: no gateway runs
    institution house = dialogs::testing_sources::semilla();

    ~desk_test() override {
        disk.reset();
        fs::remove_all(folder);
    }

    static dialogs::script_sources texts(const std::string& greeting) {
        auto out = dialogs::testing_sources::basic();
        auto& text = out.messages.front().text;
        const std::string old = "Soy el asistente.";
        text.replace(text.find(old), old.size(), greeting);
        return out;
    }
    static std::string version(const std::string& greeting) {
        return dialogs::version_of(texts(greeting));
    }
    void run_gateway_on(const std::string& greeting) {
        const auto sources = texts(greeting);
        const auto set = dialogs::load_scripts(sources).scripts;
        keep(*disk, *set, sources);
        library = std::make_unique<script_library>(*disk, live_scripts{.everybody = set});
    }
    publishing_desk desk(std::vector<std::string> staff = {}) {
        return {*disk, library.get(), std::move(staff)};
    }
    static json body_of(const std::string& greeting, const std::string& to = "all") {
        auto body = json::parse(sources_to_json(texts(greeting)));
        body.erase("institution");
        body["author"] = "Ana";
        body["reason"] = "warmer";
        body["to"] = to;
        return body;
    }
    http::response publish(const json& body, std::vector<std::string> staff = {}) {
        auto prepared = prepare_publishing(body.dump(), house);
        if (auto* refused = std::get_if<http::response>(&prepared)) return std::move(*refused);
        return desk(std::move(staff)).publish(std::get<publish_request>(prepared), monday);
    }
    http::response roll_back(const std::string& to = {}) {
        return desk().roll_back({.author = "Ana", .version = to}, monday);
    }
    const dialogs::script_set& begins_on(std::int64_t who, std::vector<std::string> phones = {}) {
        return library->of({}, {.party = {who}, .phones = std::move(phones)});
    }
};

TEST_F(desk_test, what_is_published_is_live_and_stored_with_who_when_and_why) {
    run_gateway_on("Uno.");
    const auto got = publish(body_of("Dos."));
    ASSERT_EQ(got.status, 201U) << got.body;
    EXPECT_EQ(json::parse(got.body)["changes"], json::array({"~ message es: welcome.card"}));
    EXPECT_THAT(
        json::parse(got.body)["difference"].get<std::string>(), HasSubstr("+welcome.card: \"Dos.\"")
    );
    EXPECT_EQ(library->current()->version(), version("Dos."));

    const auto all = disk->publications();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].kind, publication_kind::found);
    EXPECT_EQ(all[0].version, version("Uno."));
    EXPECT_EQ(
        all[1],
        (publication{
            .number = 2,
            .at = monday,
            .version = version("Dos."),
            .author = "Ana",
            .reason = "warmer",
            .changes = "messages ~1"})
    );
}

TEST_F(desk_test, a_conversation_under_way_goes_on_with_its_version_and_is_counted_there) {
    run_gateway_on("Uno.");
    const auto old = library->current();
    publish(body_of("Dos."));
    const dialogs::session under_way{
        .script_set = old->short_version(), .frames = {{.dialog = "menu", .state = "what"}}};
    EXPECT_EQ(library->of(under_way, {}).version(), old->version());
    EXPECT_EQ(begins_on(1).version(), version("Dos."));
}

TEST_F(desk_test, a_conversation_under_way_moves_to_a_version_that_says_so) {
    run_gateway_on("Uno.");
    const auto old = library->current();
    auto body = body_of("Dos.");
    body["dialogs"].push_back({{"path", "dialogs/migration.yaml"}, {"text", "from: all\n"}});
    const auto got = publish(body);
    ASSERT_EQ(got.status, 201U) << got.body;
    dialogs::session under_way{
        .script_set = old->short_version(), .frames = {{.dialog = "menu", .state = "what"}}};
    EXPECT_EQ(library->of(under_way, {}).version(), library->current()->version());
    under_way.frames.front().state = "gone";
    EXPECT_EQ(library->of(under_way, {}).version(), old->version());
}

TEST_F(desk_test, what_is_shown_only_changes_nothing) {
    run_gateway_on("Uno.");
    auto body = body_of("Dos.");
    body["only_show"] = true;
    const auto got = publish(body);
    EXPECT_EQ(got.status, 200U);
    EXPECT_EQ(json::parse(got.body)["publication"]["changes"], "messages ~1");
    EXPECT_TRUE(disk->publications().empty());
    EXPECT_EQ(library->current()->version(), version("Uno."));
}

TEST_F(desk_test, media_that_are_none_are_refused) {
    run_gateway_on("Uno.");
    for (const auto& wrong :
         {json("card.png"),
          json::array({"card.png"}),
          json::array({{{"name", "card.png"}}}),
          json::array({{{"name", "a"}, {"type", "image/png"}, {"bytes", -1}, {"hash", "00"}}})}) {
        auto body = body_of("Dos.");
        body["media"] = wrong;
        const auto got = publish(body);
        EXPECT_EQ(got.status, 400U) << wrong;
        EXPECT_THAT(got.body, HasSubstr("pictures and recordings"));
    }
}

TEST_F(desk_test, a_set_with_a_mistake_is_refused_whole_with_every_mistake) {
    run_gateway_on("Uno.");
    auto body = body_of("Dos.");
    body["messages"][0]["text"] = "welcome.card: \"{no.such.fact}\"\n";
    const auto got = publish(body);
    EXPECT_EQ(got.status, 422U);
    EXPECT_GT(json::parse(got.body)["problems"].size(), 1U);
    EXPECT_THAT(got.body, HasSubstr("no.such.fact"));
    EXPECT_TRUE(disk->publications().empty());
    EXPECT_EQ(library->current()->version(), version("Uno."));
}

TEST_F(desk_test, of_two_at_once_the_second_is_told_of_the_first) {
    run_gateway_on("Uno.");
    auto first = body_of("Dos.");
    auto second = body_of("Tres.");
    first["seen"] = second["seen"] = 0;
    second["author"] = "Luis";
    EXPECT_EQ(publish(first).status, 201U);
    const auto got = publish(second);
    EXPECT_EQ(got.status, 409U);
    EXPECT_THAT(got.body, HasSubstr("Ana has just published"));
    EXPECT_EQ(library->current()->version(), version("Dos."));
    second["seen"] = disk->publications().back().number;
    EXPECT_EQ(publish(second).status, 201U);
}

TEST_F(desk_test, the_same_again_is_nothing_to_do) {
    run_gateway_on("Uno.");
    EXPECT_EQ(publish(body_of("Uno.")).status, 409U);
    EXPECT_EQ(publish(body_of("Dos.", "10%")).status, 201U);
    EXPECT_EQ(publish(body_of("Dos.", "10%")).status, 409U);
    EXPECT_EQ(publish(body_of("Dos.", "20%")).status, 201U);
    // Publishing what everybody has takes the roll-out back.
    EXPECT_EQ(publish(body_of("Uno.")).status, 201U);
    EXPECT_EQ(begins_on(1).version(), version("Uno."));
}

TEST_F(desk_test, soyfinca_staff_first_a_roll_out_reaches_staff_then_a_share_then_all) {
    run_gateway_on("Uno.");
    const std::vector<std::string> staff{"+50255501234"};
    ASSERT_EQ(publish(body_of("Dos.", "staff"), staff).status, 201U);
    library->staff(staff);
    EXPECT_EQ(begins_on(1, staff).version(), version("Dos."));
    EXPECT_EQ(begins_on(1).version(), version("Uno."));
    ASSERT_EQ(publish(body_of("Dos.", "50%"), staff).status, 201U);
    int reached = 0;
    for (std::int64_t who = 0; who < 200; ++who) {
        reached += begins_on(who).version() == version("Dos.") ? 1 : 0;
    }
    EXPECT_GT(reached, 60);
    EXPECT_LT(reached, 140);
    ASSERT_EQ(publish(body_of("Dos."), staff).status, 201U);
    EXPECT_EQ(begins_on(1).version(), version("Dos."));
}

TEST_F(desk_test, a_roll_out_needs_staff_and_something_to_stay_on) {
    run_gateway_on("Uno.");
    EXPECT_THAT(publish(body_of("Dos.", "staff")).body, HasSubstr("no-staff"));
    library.reset();
    EXPECT_THAT(publish(body_of("Dos.", "10%")).body, HasSubstr("nothing-to-stay-on"));
    EXPECT_EQ(publish(body_of("Dos.")).status, 201U);
    EXPECT_EQ(publish(body_of("Tres.", "10%")).status, 201U);
}

TEST_F(desk_test, a_rollback_brings_back_what_was_and_the_next_start_serves_it) {
    run_gateway_on("Uno.");
    publish(body_of("Dos."));
    publish(body_of("Tres.", "10%"));
    ASSERT_EQ(roll_back().status, 201U);  // the roll-out
    EXPECT_EQ(library->current()->version(), version("Dos."));
    ASSERT_EQ(roll_back().status, 201U);
    EXPECT_EQ(library->current()->version(), version("Uno."));
    const auto again = roll_back();
    EXPECT_THAT(again.body, HasSubstr("nothing-before"));
    EXPECT_THAT(again.body, HasSubstr("rollback --to VERSION"));
    ASSERT_EQ(roll_back(version("Tres.").substr(0, 8)).status, 201U);
    std::string trouble;
    EXPECT_EQ(published_scripts(*disk, house, trouble)->everybody->version(), version("Tres."));
    EXPECT_EQ(trouble, "");
}

// The operating system refuses every byte, as a full disk does.
struct full_disk {
    full_disk() {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &before);
        const rlimit none{.rlim_cur = 0, .rlim_max = before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &none);
    }
    ~full_disk() { setrlimit(RLIMIT_FSIZE, &before); }
    full_disk(const full_disk&) = delete;
    full_disk& operator=(const full_disk&) = delete;
    rlimit before{};
};

TEST_F(desk_test, nothing_is_live_that_a_full_disk_has_refused) {
    run_gateway_on("Uno.");
    {
        const full_disk now;
        EXPECT_EQ(publish(body_of("Dos.")).status, 503U);
    }
    EXPECT_EQ(library->current()->version(), version("Uno."));
    EXPECT_TRUE(disk->publications().empty());
    EXPECT_EQ(publish(body_of("Dos.")).status, 201U);
    {
        const full_disk now;
        EXPECT_EQ(roll_back().status, 503U);
    }
    EXPECT_EQ(library->current()->version(), version("Dos."));
}

TEST_F(desk_test, an_unknown_version_is_none_to_go_back_to) {
    run_gateway_on("Uno.");
    publish(body_of("Dos."));
    for (const auto* wrong : {"00000000", "x", "' OR 1=1 --", "12345678901234567890"}) {
        EXPECT_EQ(roll_back(wrong).status, 404U) << wrong;
    }
    EXPECT_EQ(library->current()->version(), version("Dos."));
}

TEST_F(desk_test, a_start_serves_the_roll_out_too_and_nothing_where_nothing_was_published) {
    std::string trouble;
    EXPECT_FALSE(published_scripts(*disk, house, trouble));
    publish(body_of("Uno."));
    publish(body_of("Dos.", "10%"));
    const auto live = published_scripts(*disk, house, trouble);
    ASSERT_TRUE(live);
    EXPECT_EQ(live->everybody->version(), version("Uno."));
    EXPECT_EQ(live->some->version(), version("Dos."));
    EXPECT_EQ(live->to_some.percent, 10);
}

// The institution is part of a version, so a set is the same one after the config has changed.
TEST_F(desk_test, a_version_stays_itself_when_the_config_names_another_telephone) {
    publish(body_of("Uno."));
    house.phone = "+50225559999";
    std::string trouble;
    EXPECT_EQ(published_scripts(*disk, house, trouble)->everybody->version(), version("Uno."));
}

TEST_F(desk_test, what_is_not_a_request_is_refused_with_its_mend) {
    const auto status = [this](const std::string& body) {
        auto prepared = prepare_publishing(body, house);
        const auto* refused = std::get_if<http::response>(&prepared);
        return refused == nullptr ? 0U : refused->status;
    };
    const auto with = [](const char* key, const json& value) {
        auto body = body_of("Dos.");
        body[key] = value;
        return body.dump();
    };
    EXPECT_EQ(status(body_of("Dos.").dump()), 0U);
    for (const auto& wrong : std::vector<std::string>{
             "",
             "[]",
             "{",
             "{}",
             "\xff",
             with("author", ""),
             with("author", 7),
             with("author", "a\nb"),
             with("author", std::string(81, 'a')),
             with("reason", "  "),
             with("reason", std::string(501, 'a')),
             with("to", "everyone"),
             with("to", 10),
             with("seen", "4"),
             with("only_show", "yes"),
             with("dialogs", "menu"),
             with("dialogs", json::array({"menu"})),
             with("messages", json::array({{{"path", "es.yaml"}}})),
             with("phrases", json::array({{{"path", 1}, {"text", "x"}}})),
             with("extra", 1)}) {
        EXPECT_EQ(status(wrong), 400U) << wrong.substr(0, 60);
    }
    EXPECT_EQ(status(with("dialogs", json::array())), 422U);
    for (const auto* wrong :
         {"", "[]", "{}", R"({"author":"a","version":7})", R"({"author":"a","x":1})"}) {
        EXPECT_TRUE(std::holds_alternative<http::response>(prepare_rolling_back(wrong))) << wrong;
    }
}

}  // namespace
}  // namespace tertulia::gateway
