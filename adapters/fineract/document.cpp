#include "adapters/fineract/document.hpp"

#include "adapters/wire/digest.hpp"
#include "adapters/wire/text.hpp"

#include <nlohmann/json.hpp>

#include <charconv>

namespace tertulia::adapters::fineract {
namespace {

using json = nlohmann::json;

// The events of nlohmann's parser, which hands over the text of a number beside its value.
class tree_events final : public nlohmann::json_sax<json> {
public:
    bool null() override { return add(node_kind::nothing, {}); }
    bool boolean(bool value) override { return add(node_kind::truth, value ? "true" : "false"); }
    bool number_integer(number_integer_t value) override {
        return add(node_kind::number, std::to_string(value));
    }
    bool number_unsigned(number_unsigned_t value) override {
        return add(node_kind::number, std::to_string(value));
    }
    bool number_float(number_float_t, const string_t& written) override {
        return add(node_kind::number, written);
    }
    bool string(string_t& value) override { return add(node_kind::text, std::move(value)); }
    bool binary(binary_t&) override { return false; }

    bool start_object(std::size_t) override { return open(node_kind::object); }
    bool start_array(std::size_t) override { return open(node_kind::list); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }
    bool key(string_t& name) override {
        name_ = std::move(name);
        return true;
    }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
        return false;
    }

    [[nodiscard]] node take() noexcept { return std::move(root_); }

private:
    bool add(node_kind what, std::string text) {
        if (++count_ > nodes_max) return false;
        node made{what, std::exchange(name_, {}), std::move(text), {}};
        (open_.empty() ? root_ : open_.back()->inside.emplace_back()) = std::move(made);
        return true;
    }
    // The pointers stay true: only the innermost open node grows.
    bool open(node_kind what) {
        if (open_.size() == depth_max || !add(what, {})) return false;
        open_.push_back(open_.empty() ? &root_ : &open_.back()->inside.back());
        return true;
    }
    bool close() {
        open_.pop_back();
        return true;
    }

    node root_{};
    std::vector<node*> open_{};
    std::string name_{};
    std::size_t count_{};
};

void write(const node& of, std::string& out) {
    out += static_cast<char>('0' + static_cast<int>(of.what));
    for (const auto* part : {&of.name, &of.text}) {
        out += std::to_string(part->size());
        out += ':';
        out += *part;
    }
    for (const auto& each : of.inside) write(each, out);
    out += ';';
}

}  // namespace

const node& node::operator[](std::string_view key) const noexcept {
    static const node none{};
    if (what != node_kind::object) return none;
    for (const auto& each : inside) {
        if (each.name == key) return each;
    }
    return none;
}

std::optional<std::int64_t> node::whole() const noexcept {
    auto digits = words();
    if (const auto point = digits.find('.'); point != std::string_view::npos) {
        if (digits.find_first_not_of('0', point + 1) != std::string_view::npos) return std::nullopt;
        digits = digits.substr(0, point);
    }
    std::int64_t value{};
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return value;
}

std::string_view node::words() const noexcept {
    return is(node_kind::text) || is(node_kind::number) ? std::string_view{text}
                                                        : std::string_view{};
}

std::optional<node> read_document(std::string_view bytes) {
    if (bytes.size() > answer_bytes_max) return std::nullopt;
    tree_events events;
    if (!json::sax_parse(bytes.begin(), bytes.end(), &events)) return std::nullopt;
    return events.take();
}

std::string fingerprint(const node& of) {
    std::string all;
    write(of, all);
    return hex_of(digest_of(hash_kind::sha256, all)).substr(0, 32);
}

}  // namespace tertulia::adapters::fineract
