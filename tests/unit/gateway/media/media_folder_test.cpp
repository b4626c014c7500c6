// What operators show lies in one folder; nothing else may be reached through it.

#include "gateway/media/media_folder.hpp"

#include "gateway/media/media_library.hpp"
#include "gateway/media/media_type.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

namespace tertulia::gateway {
namespace {

namespace fs = std::filesystem;
using namespace std::string_literals;
using dialogs::rule;
using testing::HasSubstr;
using testing::IsEmpty;

const auto png = "\x89PNG\r\n\x1A\n"s;
const auto opus = "OggS\0\x02"s + std::string(22, '\0') + "OpusHead";

struct media_folder : testing::Test {
    media_folder() {
        std::string form = (fs::temp_directory_path() / "tertulia-media-XXXXXX").string();
        if (mkdtemp(form.data()) == nullptr) throw std::runtime_error("no temporary folder");
        folder = form;
    }
    ~media_folder() override { fs::remove_all(folder); }
    void write(const std::string& name, const std::string& bytes) const {
        std::ofstream{folder / name, std::ios::binary} << bytes;
    }
    std::vector<media_content> read() { return read_media_folder(folder, problems); }

    fs::path folder{};
    std::vector<dialogs::diagnostic> problems{};
};

TEST_F(media_folder, files_come_by_name_with_their_kind_size_and_hash) {
    write("b.ogg", opus);
    write("a.png", png);
    const auto files = read();
    ASSERT_EQ(files.size(), 2U);
    EXPECT_EQ(files[0].is.name, "a.png");
    EXPECT_EQ(files[0].is.type, "image/png");
    EXPECT_EQ(files[0].is.bytes, 8U);
    EXPECT_EQ(files[0].is.hash, "4c4b6a3be1314ab86138bef4314dde022e600960d8689a2c8f8631802d20dab6");
    EXPECT_EQ(files[1].is.type, "audio/ogg");
    EXPECT_THAT(problems, IsEmpty());
}

TEST_F(media_folder, what_whatsapp_would_refuse_is_told) {
    const auto picture = [](char depth, char kind) {
        return png + "\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01"s + depth + kind + "\0\0\0"s;
    };
    write("fine.png", picture(8, 2));
    write("clear.png", picture(8, 6));
    write("mono.ogg", opus + "\x01\x01"s);
    (void)read();
    EXPECT_THAT(problems, IsEmpty());
    write("deep.png", picture(16, 2));
    write("few.png", picture(8, 3));
    write("stereo.ogg", opus + "\x01\x02"s);
    (void)read();
    ASSERT_EQ(problems.size(), 3U);
    for (const auto& one : problems) EXPECT_EQ(one.breaks, rule::bad_media);
}

TEST_F(media_folder, notes_and_hidden_files_are_left_alone) {
    write("README.md", "# Where these come from");
    write(".DS_Store", "x");
    EXPECT_THAT(read(), IsEmpty());
    EXPECT_THAT(problems, IsEmpty());
}

TEST_F(media_folder, no_folder_is_no_file) {
    folder /= "nowhere";
    EXPECT_THAT(read(), IsEmpty());
    EXPECT_THAT(problems, IsEmpty());
}

TEST_F(media_folder, nothing_outside_can_be_reached_through_it) {
    fs::create_symlink("/etc/passwd", folder / "card.png");
    fs::create_directory(folder / "more");
    EXPECT_THAT(read(), IsEmpty());
    ASSERT_EQ(problems.size(), 2U);
    EXPECT_EQ(problems[0].breaks, rule::bad_media);
    EXPECT_THAT(problems[0].what, HasSubstr("no file"));
}

TEST_F(media_folder, a_name_that_does_not_fit_an_address_is_told) {
    write("mi foto.png", png);
    write("niña.png", png);
    write(std::string(81, 'a'), png);
    EXPECT_THAT(read(), IsEmpty());
    EXPECT_EQ(problems.size(), 3U);
}

TEST_F(media_folder, too_much_of_it_is_told) {
    write("a.png", png);
    fs::resize_file(folder / "a.png", media_folder_bytes_max + 1);
    static_cast<void>(read());
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems[0].breaks, rule::too_large);
}

TEST_F(media_folder, the_library_gives_a_file_by_hash_and_name_only) {
    write("a.png", png);
    write("notes.bin", "no kind we know");
    media_library library;
    library.add(read());
    const auto path = "4c4b6a3be1314ab86138bef4314dde022e600960d8689a2c8f8631802d20dab6/a.png"s;
    ASSERT_TRUE(library.find(path));
    EXPECT_EQ(library.find(path)->bytes, png);
    for (const auto* other : {"", "a.png", "/a.png", "../a.png", "4c4b/a.png", "notes.bin"}) {
        EXPECT_FALSE(library.find(other)) << other;
    }
    // What is changed has another address; the old one still gives what it gave.
    write("a.png", png + "changed");
    library.add(read());
    EXPECT_EQ(library.find(path)->bytes, png);
}

TEST(media_type, is_told_by_the_first_bytes_and_not_by_the_name) {
    EXPECT_EQ(media_type_of(png), "image/png");
    EXPECT_EQ(media_type_of("\xFF\xD8\xFF\xE0"), "image/jpeg");
    EXPECT_EQ(media_type_of("%PDF-1.7"), "application/pdf");
    EXPECT_EQ(media_type_of(opus), "audio/ogg");
    EXPECT_EQ(media_type_of("ID3\x04"), "audio/mpeg");
    EXPECT_EQ(media_type_of("\xFF\xFB\x90"), "audio/mpeg");
    EXPECT_EQ(media_type_of("\xFF\xF1\x50"), "audio/aac");
    EXPECT_EQ(media_type_of("#!AMR\n"), "audio/amr");
    EXPECT_EQ(media_type_of("\0\0\0\x20"s + "ftypM4A \0\0"s), "audio/mp4");
}

TEST(media_type, anything_else_is_none) {
    for (const auto& bytes :
         {""s,
          "O"s,
          "OggS"s,
          "OggS"s + std::string(24, '\0') + "\x01vorbis"s,
          "<svg"s,
          "GIF89a"s,
          "\xFF"s,
          "\0\0\0\x20"s + "ftypisom\0"s,
          "MZ"s,
          "<html>"s,
          "\xFF\xFE"s + "t"s}) {
        EXPECT_EQ(media_type_of(bytes), "") << bytes;
    }
}

}  // namespace
}  // namespace tertulia::gateway
