// Cuts the byte stream of a connection into frames, however the network cut it.

#pragma once

#include "adapters/smpp/errc.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace tertulia::adapters::smpp {

// One per connection. Holds at most a frame's bytes beyond what was appended last.
class frame_reader {
public:
    void append(std::string_view bytes);

    // The next whole frame, which lives until the next append() or clear(); nothing until more bytes
    // come. bad_length: close the connection, for where the next frame begins is lost; it is given
    // for ever after.
    [[nodiscard]] result<std::optional<std::string_view>> next();

    void clear();

private:
    std::string held_{};
    std::size_t taken_{};  // of held_
    bool is_lost_{};
};

}  // namespace tertulia::adapters::smpp
