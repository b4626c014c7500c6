// The two cereal archives stored rows are written with: bytes in a std::string, whole numbers as
// variable-length integers, no streams. A row starts with a format byte; see layout.hpp for how a
// format may grow.
//
// Errors: a row that ends early or claims more than it has throws damaged_row. Nothing is allocated
// for a length that is longer than what is left.

#pragma once

#include <cereal/cereal.hpp>

#include <bit>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <limits>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>

namespace tertulia::gateway {

// What is stored cannot be read: the disk or the key is wrong. Page someone.
struct damaged_row : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class bytes_out : public cereal::OutputArchive<bytes_out, cereal::AllowEmptyClassElision> {
public:
    explicit bytes_out(std::string& to) : OutputArchive{this}, to_{to} {}

    void raw(const void* from, std::size_t size) { to_.append(static_cast<const char*>(from), size); }

    template <std::integral T>
    void whole(T value) {
        if constexpr (sizeof(T) == 1) {
            to_.push_back(static_cast<char>(value));
        } else if constexpr (std::is_signed_v<T>) {  // zigzag: small either side of nought is short
            const auto wide = static_cast<std::int64_t>(value);
            varint((static_cast<std::uint64_t>(wide) << 1) ^ static_cast<std::uint64_t>(wide >> 63));
        } else {
            varint(value);
        }
    }

private:
    void varint(std::uint64_t value) {
        if (value < 0x80) {  // nearly all of them
            to_.push_back(static_cast<char>(value));
            return;
        }
        char buffer[10];
        std::size_t used = 0;
        while (value >= 0x80) {
            buffer[used++] = static_cast<char>(value | 0x80);
            value >>= 7;
        }
        buffer[used++] = static_cast<char>(value);
        to_.append(buffer, used);
    }

    std::string& to_;
};

class bytes_in : public cereal::InputArchive<bytes_in, cereal::AllowEmptyClassElision> {
public:
    explicit bytes_in(std::string_view from) : InputArchive{this}, from_{from} {}

    // The format the row was written in; layout functions ask it before they read a newer field.
    [[nodiscard]] int format() const noexcept { return format_; }
    void format(int value) noexcept { format_ = value; }
    [[nodiscard]] std::size_t left() const noexcept { return from_.size(); }

    void raw(void* to, std::size_t size) {
        const auto bytes = take(size);
        if (size != 0) std::memcpy(to, bytes.data(), size);
    }
    [[nodiscard]] std::string_view take(std::size_t size) {
        if (size > from_.size()) throw damaged_row{"a stored row ends early"};
        const auto bytes = from_.substr(0, size);
        from_.remove_prefix(size);
        return bytes;
    }

    template <std::integral T>
    void whole(T& value) {
        if constexpr (sizeof(T) == 1) {
            value = static_cast<T>(take(1).front());
        } else {
            std::uint64_t wide = varint();
            if constexpr (std::is_signed_v<T>) {
                const auto number = static_cast<std::int64_t>(wide >> 1) ^
                                    -static_cast<std::int64_t>(wide & 1);
                value = static_cast<T>(number);
                if (value != number) throw damaged_row{"a stored number is out of range"};
            } else {
                value = static_cast<T>(wide);
                if (value != wide) throw damaged_row{"a stored number is out of range"};
            }
        }
    }

private:
    std::uint64_t varint() {
        std::uint64_t value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            const auto byte = static_cast<unsigned char>(take(1).front());
            value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
            if (byte < 0x80) return value;
        }
        throw damaged_row{"a stored number is too long"};
    }

    std::string_view from_;
    int format_{};
};

// How cereal reaches the two: every name below is one it looks up.

template <std::integral T>
void CEREAL_SAVE_FUNCTION_NAME(bytes_out& archive, const T& value) {
    archive.whole(value);
}
template <std::integral T>
void CEREAL_LOAD_FUNCTION_NAME(bytes_in& archive, T& value) {
    archive.whole(value);
}

inline void CEREAL_SAVE_FUNCTION_NAME(bytes_out& archive, const double& value) {
    static_assert(sizeof(double) == 8 && std::endian::native == std::endian::little);
    archive.raw(&value, sizeof value);
}
inline void CEREAL_LOAD_FUNCTION_NAME(bytes_in& archive, double& value) {
    archive.raw(&value, sizeof value);
}

template <class Archive, class T>
void CEREAL_SERIALIZE_FUNCTION_NAME(Archive& archive, cereal::NameValuePair<T>& pair)
    requires std::same_as<Archive, bytes_out> || std::same_as<Archive, bytes_in>
{
    archive(pair.value);
}

template <class T>
void CEREAL_SAVE_FUNCTION_NAME(bytes_out& archive, const cereal::SizeTag<T>& tag) {
    archive.whole(static_cast<std::uint64_t>(tag.size));
}
template <class T>
void CEREAL_LOAD_FUNCTION_NAME(bytes_in& archive, cereal::SizeTag<T>& tag) {
    std::uint64_t size = 0;
    archive.whole(size);
    if (size > archive.left()) throw damaged_row{"a stored list claims more than its row has"};
    tag.size = size;
}

template <class T>
void CEREAL_SAVE_FUNCTION_NAME(bytes_out& archive, const cereal::BinaryData<T>& data) {
    archive.raw(data.data, data.size);
}
template <class T>
void CEREAL_LOAD_FUNCTION_NAME(bytes_in& archive, cereal::BinaryData<T>& data) {
    archive.raw(data.data, data.size);
}

}  // namespace tertulia::gateway

CEREAL_REGISTER_ARCHIVE(tertulia::gateway::bytes_out)
CEREAL_REGISTER_ARCHIVE(tertulia::gateway::bytes_in)
CEREAL_SETUP_ARCHIVE_TRAITS(tertulia::gateway::bytes_in, tertulia::gateway::bytes_out)
