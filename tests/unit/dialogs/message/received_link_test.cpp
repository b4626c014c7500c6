// Whose file it is and by which id it came, written and read back; anything else is another link.

#include "dialogs/message/received_link.hpp"

#include <gtest/gtest.h>

namespace tertulia {
namespace {

TEST(received_link, is_read_as_it_was_written) {
    for (const auto kind :
         {media_kind::image, media_kind::video, media_kind::audio, media_kind::voice_note,
          media_kind::document, media_kind::sticker}) {
        const received_ref what{.by = {17}, .kind = kind, .media_id = "wamid/a=b"};
        EXPECT_EQ(read_received_link(received_link(what)), what);
    }
    EXPECT_EQ(
        received_link({.by = {17}, .kind = media_kind::voice_note, .media_id = "90"}),
        "received:17/voice_note/90"
    );
}

TEST(received_link, is_no_other_link) {
    for (const auto* other :
         {"", "https://example.org/image/1", "media:ab/card.png", "received:", "received:17",
          "received:17/image", "received:17/image/", "received:x/image/1", "received:-1/image/1", "received:17x/image/1", "received:17/picture/1",
          "received:99999999999999999999/image/1"}) {
        EXPECT_EQ(read_received_link(other), std::nullopt) << other;
    }
}

}  // namespace
}  // namespace tertulia
