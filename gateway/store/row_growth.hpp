// How a stored struct grows: what came with a later format is read only where the row has it.

#pragma once

namespace tertulia {

// Whether the row at hand was written in format N or later; true of one being written.
template <class Archive>
bool has(const Archive& archive, int format) {
    if constexpr (requires { archive.format(); }) {
        return archive.format() >= format;
    } else {
        return true;
    }
}

}  // namespace tertulia
