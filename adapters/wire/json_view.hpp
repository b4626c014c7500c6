// Reading a parsed document where every key may be missing or of another type than documented: each
// look-up answers "nothing" instead of failing, and the caller says what it cannot do without.
//
// We read through simdjson's document rather than on demand: a callback is then known to be whole
// before its first element is used, keys may come in any order, and one odd element can neither
// derail the reader nor hide what follows. It costs a tenth of a microsecond per message.
//
// Views live as long as the document they come from.

#pragma once

#include <simdjson.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace tertulia::adapters {

using json_value = simdjson::dom::element;
using json_object = simdjson::dom::object;
using json_array = simdjson::dom::array;

// Parses with scratch memory kept for the next document; memory a large body needed is given back.
class json_reader {
public:
    json_reader();
    ~json_reader();
    json_reader(const json_reader&) = delete;
    json_reader& operator=(const json_reader&) = delete;

    // Nothing if the text is not JSON, not UTF-8 or nested deeper than depth_max. Half a surrogate
    // pair becomes U+FFFD, and a number beyond 64 bits a string of its digits: neither is worth the
    // batch it stands in. The value lives until the next call.
    [[nodiscard]] std::optional<json_value> read(std::string_view text);

    static constexpr std::size_t depth_max = 64;

private:
    void make_parser();

    std::unique_ptr<simdjson::dom::parser> parser_{};
};

// What read() repairs, on its own.
[[nodiscard]] std::string repaired_json(std::string_view text);

[[nodiscard]] std::optional<json_value> value_at(json_object in, std::string_view key);
[[nodiscard]] std::optional<json_object> object_at(json_object in, std::string_view key);
[[nodiscard]] std::optional<json_array> array_at(json_object in, std::string_view key);
[[nodiscard]] std::string_view text_at(json_object in, std::string_view key);  // empty: none
[[nodiscard]] bool flag_at(json_object in, std::string_view key);
// Numbers may come as strings of digits.
[[nodiscard]] std::optional<std::int64_t> integer_at(json_object in, std::string_view key);
[[nodiscard]] std::optional<double> number_at(json_object in, std::string_view key);

[[nodiscard]] std::optional<json_object> as_object(json_value value);
[[nodiscard]] std::string to_json(json_value value);
[[nodiscard]] std::string to_json(json_object value);

}  // namespace tertulia::adapters
