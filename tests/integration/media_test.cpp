// What people send is fetched at once, kept sealed, given to agents, and asked for again when it
// cannot be had.

#include "tests/integration/parts/town.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace tertulia::integration {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

constexpr auto ana = "50255560001";
// "OggS…OpusHead…": what a voice note begins with, and some bytes to seek in.
const std::string voice = [] {
    std::string bytes{"OggS\0\2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\x13OpusHead", 36};
    for (int i = 0; i < 5'000; ++i) bytes += "her voice " + std::to_string(i);
    return bytes;
}();

std::string base64(std::string_view bytes) {
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        std::uint32_t group = 0;
        const auto have = std::min<std::size_t>(3, bytes.size() - at);
        for (std::size_t i = 0; i < 3; ++i) {
            group = group << 8U | (i < have ? static_cast<unsigned char>(bytes[at + i]) : 0U);
        }
        for (std::size_t i = 0; i < 4; ++i) {
            out += i <= have ? digits[group >> (18 - 6 * i) & 63U] : '=';
        }
    }
    return out;
}

json media_message(const std::string& type, json content, std::string_view from = ana) {
    auto message = text_message(from, "");
    message.erase("text");
    message["type"] = type;
    message[type] = std::move(content);
    return message;
}

json shelved(const provider& meta, const std::string& bytes, const std::string& type) {
    const auto answer = ask(
        meta.port(), "POST", "/shelve", {{"Content-Type", "application/json"}},
        json{{"type", type}, {"base64", base64(bytes)}}.dump()
    );
    return answer ? json::parse(answer->body) : json{};
}

json voice_note(const provider& meta, std::string_view from = ana) {
    auto content = shelved(meta, voice, "audio/ogg; codecs=opus");
    content["voice"] = true;
    return media_message("audio", std::move(content), from);
}

json listed(const gateway& house) {
    const auto answer = ask(house.admin(), "GET", "/api/v1/media");
    if (!answer || answer->status != 200) return json::array();
    return json::parse(answer->body).at("media");
}

bool has_state(const gateway& house, const std::string& state, std::size_t count = 1) {
    const auto all = listed(house);
    return all.size() == count && all[0].at("state") == state;
}

std::string file_path(const gateway& house) {
    return "/api/v1/media/" + std::to_string(listed(house).at(0).at("id").get<int>());
}

TEST(media, a_voice_note_is_kept_sealed_and_played_in_parts) {
    town here;
    here.house.hears(voice_note(here.meta));
    ASSERT_TRUE(soon([&] { return has_state(here.house, "kept"); }));
    const auto line = listed(here.house).at(0);
    EXPECT_EQ(line.at("kind"), "voice_note");
    EXPECT_EQ(line.at("type"), "audio/ogg");
    const auto path = file_path(here.house);

    const auto whole = ask(here.house.admin(), "GET", path);
    ASSERT_TRUE(whole);
    EXPECT_EQ(whole->status, 200);
    EXPECT_EQ(whole->body, voice);
    EXPECT_EQ(whole->headers.at("content-type"), "audio/ogg");
    EXPECT_EQ(whole->headers.at("accept-ranges"), "bytes");
    EXPECT_EQ(whole->headers.at("x-content-type-options"), "nosniff");
    const auto part = ask(here.house.admin(), "GET", path, {{"Range", "bytes=36-44"}});
    ASSERT_TRUE(part);
    EXPECT_EQ(part->status, 206);
    EXPECT_EQ(part->body, "her voice");
    EXPECT_EQ(
        part->headers.at("content-range"), "bytes 36-44/" + std::to_string(voice.size())
    );
    EXPECT_EQ(ask(here.house.admin(), "GET", path, {{"Range", "bytes=999999-"}})->status, 416);

    std::size_t files = 0;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator{here.where / "var" / "received"}) {
        if (!entry.is_regular_file()) continue;
        ++files;
        std::ostringstream content;
        content << std::ifstream{entry.path(), std::ios::binary}.rdbuf();
        EXPECT_THAT(content.str(), Not(HasSubstr("her voice")));
    }
    EXPECT_EQ(files, 1U);
    EXPECT_EQ(here.house.metric("tertulia_received_media_total{outcome=\"kept\"}"), 1);
    EXPECT_THAT(here.house.log(), Not(HasSubstr("/media/")));
}

TEST(media, she_sees_that_she_is_read_and_answered) {
    town here;
    (void)here.says(ana, "menu", 2);
    const auto reads = [&] { return here.meta.state().at("counters").at("reads"); };
    EXPECT_TRUE(soon([&] { return reads() == 1; }));
    here.house.hears(text_message(ana, "persona"));
    EXPECT_TRUE(soon([&] { return reads() == 2; }));
    const auto listed = here.house.command({"case", "list"}).second;
    const auto number = listed.substr(0, listed.find(' '));
    ASSERT_EQ(here.house.command({"case", "take", number, "--by", "luis"}).first, 0) << listed;
    const auto had = here.meta.to(ana).size();
    here.house.hears(text_message(ana, "¿me atiende alguien?"));  // a person has her: no answer
    EXPECT_TRUE(stays([&] { return reads() == 2 && here.meta.to(ana).size() >= had; }, 1s));
}

TEST(media, nobody_guesses_a_file_and_the_public_side_has_none) {
    town here;
    here.house.hears(voice_note(here.meta));
    ASSERT_TRUE(soon([&] { return has_state(here.house, "kept"); }));
    for (const auto* path : {"/api/v1/media/0", "/api/v1/media/999999", "/api/v1/media/x",
                             "/api/v1/media/-1", "/api/v1/media/../../tertulia.yaml"}) {
        EXPECT_EQ(ask(here.house.admin(), "GET", path)->status, 404) << path;
    }
    EXPECT_EQ(ask(here.house.port(), "GET", file_path(here.house))->status, 404);
}

TEST(media, trouble_that_passes_is_tried_again_also_after_a_restart) {
    town here;
    here.meta.control({{"media_refused", 1'000}});
    here.house.hears(voice_note(here.meta));
    const auto tried = [&] {
        const auto all = listed(here.house);
        return !all.empty() && all[0].at("tries") == 1;
    };
    ASSERT_TRUE(soon(tried));
    EXPECT_EQ(ask(here.house.admin(), "GET", file_path(here.house))->status, 409);
    here.house.kill();
    here.meta.control({{"media_refused", 0}, {"media_damaged", 1}});
    here.house.start();
    // The second gives other bytes than were announced: not taken for hers.
    ASSERT_TRUE(soon([&] { return has_state(here.house, "kept"); }, 60s, 100ms));
    EXPECT_EQ(listed(here.house).at(0).at("tries"), 3);
    EXPECT_EQ(ask(here.house.admin(), "GET", file_path(here.house))->body, voice);
}

TEST(media, what_the_provider_does_not_have_is_asked_for_again_once) {
    town here;
    (void)here.says(ana, "menu", 2);
    here.house.hears(media_message(
        "image", {{"id", "123456"}, {"mime_type", "image/jpeg"}, {"sha256", "x"}}
    ));
    ASSERT_TRUE(soon([&] { return has_state(here.house, "failed"); }));
    EXPECT_EQ(ask(here.house.admin(), "GET", file_path(here.house))->status, 410);
    const auto asked = [&] {
        std::size_t count = 0;
        for (const auto& one : here.meta.to(ana)) {
            count += one.text.find("¿Me lo puede enviar otra vez") != std::string::npos ? 1U : 0U;
        }
        return count;
    };
    ASSERT_TRUE(soon([&] { return asked() == 1; }));
    EXPECT_EQ(here.house.stop(), 0);
    here.house.start();
    EXPECT_TRUE(stays([&] { return asked() == 1; }, 1s));
}

// ---- what goes on to another

constexpr auto rosa = "50255500101";
constexpr auto brenda = "50255500001";

// The bytes a message shows, as its reader's telephone gets them from the provider.
std::string bytes_shown(const provider& meta, const said& what) {
    const auto& type = what.body.at("type").get_ref<const std::string&>();
    const auto id = what.body.at(type).value("id", "");
    const auto found = ask(
        meta.port(), "GET", "/v25.0/" + id, {{"Authorization", "Bearer test"}}
    );
    if (!found || found->status != 200) return "no file " + id;
    const auto url = json::parse(found->body).at("url").get<std::string>();
    const auto answer = ask(
        meta.port(), "GET", url.substr(url.find("/media/")), {{"Authorization", "Bearer test"}}
    );
    return answer ? answer->body : std::string{};
}

TEST(media, what_she_sends_goes_on_to_the_officer_who_has_her_case_by_an_upload_of_its_own) {
    town here{gateway_options{.demo = true}};
    (void)here.says(brenda, "menu", 2);
    (void)here.says(rosa, "persona", 2);
    const auto card = here.meta.to(brenda, 3).back();
    const auto take = std::ranges::find_if(card.choices, [](const auto& one) {
        return one.first.ends_with("|take");
    });
    ASSERT_NE(take, card.choices.end());
    (void)here.taps(brenda, *take, 1);
    const auto note = voice_note(here.meta, rosa);
    here.house.hears(note);
    const auto all = here.meta.to(brenda, 6);
    EXPECT_THAT(all.at(4).text, HasSubstr("audio"));
    EXPECT_EQ(all.at(5).body.at("type"), "audio");
    EXPECT_NE(all.at(5).body.at("audio").at("id"), note.at("audio").at("id")) << "its own upload";
    EXPECT_EQ(bytes_shown(here.meta, all.at(5)), voice);
    EXPECT_THAT(here.house.log(), Not(HasSubstr("received:")));
    // Once, whatever happens to us.
    here.house.kill();
    here.house.start();
    EXPECT_TRUE(stays([&] { return here.meta.to(brenda).size() == 6; }, 1s));
}

TEST(media, a_file_that_is_still_being_fetched_is_waited_for) {
    town here{gateway_options{.demo = true}};
    (void)here.says(brenda, "menu", 2);
    (void)here.says(rosa, "persona", 2);
    const auto card = here.meta.to(brenda, 3).back();
    (void)here.taps(brenda, card.choices.at(0), 1);
    here.meta.control({{"media_refused", 1}});
    here.house.hears(voice_note(here.meta, rosa));
    const auto all = here.meta.to(brenda, 6);
    EXPECT_EQ(bytes_shown(here.meta, all.at(5)), voice);
}

// ---- what we show

bool is_picture(const said& what) { return what.body.at("type") == "image"; }
std::string file_of(const said& what) { return what.body.at("image").value("id", ""); }

// Whoever asks whether we are a machine is shown the assistant's face with the answer below it.
struct gallery {
    town here{};

    gallery() { (void)here.says(ana, "menu", 2); }
    [[nodiscard]] int uploads() const {
        return here.meta.state().at("counters").at("uploads").get<int>();
    }
    enum class shown { with_picture, alone };
    // The answer as it came; without a body if it did not come so.
    said asks(shown how = shown::with_picture) {
        const auto had = here.meta.to(ana).size();
        here.house.hears(text_message(ana, "usted es un robot"));
        said answer{};
        EXPECT_TRUE(soon(
            [&] {
                const auto all = here.meta.to(ana);
                bool asked = false;  // the question behind it, so that the next is not taken for it
                for (auto at = had; at < all.size(); ++at) {
                    asked = asked || !all[at].choices.empty();
                    const bool is_answer = all[at].text.find("máquina") != std::string::npos &&
                                           is_picture(all[at]) == (how == shown::with_picture);
                    if (is_answer) answer = all[at];
                }
                return asked && !answer.id.empty();
            },
            30s
        ));
        return answer;
    }
};

TEST(shown, a_picture_is_uploaded_once_and_named_by_its_id) {
    gallery at;
    const auto first = at.asks();
    ASSERT_TRUE(first.body.contains("image"));
    EXPECT_NE(file_of(first), "");
    EXPECT_FALSE(first.body.at("image").contains("link")) << "nobody need reach us";
    EXPECT_EQ(at.uploads(), 1);
    EXPECT_EQ(file_of(at.asks()), file_of(first));
    EXPECT_EQ(at.uploads(), 1);

    at.here.house.stop();
    at.here.house.start();
    EXPECT_EQ(file_of(at.asks()), file_of(first)) << "kept across a restart";
    EXPECT_EQ(at.uploads(), 1);
}

TEST(shown, an_upload_that_fails_is_tried_again) {
    gallery at;
    at.here.meta.control({{"uploads_refused", 1}});
    (void)at.asks();
    EXPECT_EQ(at.uploads(), 1);
}

TEST(shown, an_upload_without_an_answer_is_tried_again) {
    gallery at;
    at.here.meta.control({{"uploads_dropped", 1}});
    (void)at.asks();
    EXPECT_EQ(at.uploads(), 2) << "the first was taken, and nobody knows its id";
}

TEST(shown, where_no_upload_succeeds_the_text_arrives_alone) {
    gallery at;
    at.here.meta.control({{"uploads_refused", 1'000}});
    (void)at.asks(gallery::shown::alone);
    EXPECT_EQ(at.uploads(), 0);
}

TEST(shown, what_meta_has_no_more_is_uploaded_anew) {
    gallery at;
    const auto id = file_of(at.asks());
    const auto gone = ask(
        at.here.meta.port(), "DELETE", "/v25.0/" + id, {{"Authorization", "Bearer test"}}
    );
    ASSERT_TRUE(gone);
    ASSERT_EQ(gone->status, 200) << gone->body;
    EXPECT_NE(file_of(at.asks()), id);
    EXPECT_EQ(at.uploads(), 2);
}

TEST(shown, a_file_a_later_status_blames_is_uploaded_anew_and_the_text_said_alone) {
    gallery at;
    const auto id = file_of(at.asks());
    at.here.meta.control(
        {{"errors", json::array({{{"code", 131053}, {"times", 1}, {"later", true}}})}}
    );
    (void)at.asks(gallery::shown::alone);
    EXPECT_NE(file_of(at.asks()), id);
    EXPECT_EQ(at.uploads(), 2);
}

TEST(shown, many_who_wait_for_one_file_wait_for_one_upload) {
    gallery at;
    at.here.meta.control({{"latency_ms", 300}});
    for (int i = 2; i < 8; ++i) {
        at.here.house.hears(text_message("5025556000" + std::to_string(i), "usted es un robot"));
    }
    EXPECT_TRUE(soon(
        [&] {
            const auto all = at.here.meta.all();
            return std::ranges::count_if(all, is_picture) == 6;
        },
        30s
    ));
    EXPECT_EQ(at.uploads(), 1);
}

}  // namespace
}  // namespace tertulia::integration
