#include "adapters/ledger/json_records.hpp"

#include "adapters/ledger/csv.hpp"

#include <nlohmann/json.hpp>

namespace tertulia::adapters::ledger {
namespace {

using json = nlohmann::json;

// The events of nlohmann's parser. Depth 1 is the array of records, 2 a record, 3 a list of texts
// (several telephone numbers); anything deeper or elsewhere is not a ledger.
class record_events final : public nlohmann::json_sax<json> {
public:
    record_events(
        std::string_view file,
        kind what,
        problem_list& problems,
        std::vector<bool>& has_column,
        const record_sink& sink
    )
        : what_{what},
          problems_{problems},
          has_column_{has_column},
          sink_{sink},
          columns_{what, {file, 0}, problems},
          current_{.at = {file, 0, true}, .fields = {}} {}

    bool null() override { return depth_ == 2 ? true : misplaced("null"); }
    bool boolean(bool value) override { return scalar(value ? "true" : "false"); }
    bool number_integer(number_integer_t value) override { return scalar(std::to_string(value)); }
    bool number_unsigned(number_unsigned_t value) override { return scalar(std::to_string(value)); }
    bool number_float(number_float_t, const string_t& written) override { return scalar(written); }
    bool string(string_t& value) override { return scalar(std::move(value)); }
    bool binary(binary_t&) override { return misplaced("binary data"); }

    bool start_array(std::size_t) override {
        const bool several =
            depth_ == 2 && (!column_ || columns_of(what_)[*column_].name == "phone");
        if (depth_ != 0 && !several) return misplaced("a list", "only phone may be a list");
        ++depth_;
        return true;
    }
    bool end_array() override {
        --depth_;
        return true;
    }

    bool start_object(std::size_t) override {
        if (depth_ == 0) {
            return misplaced("an object", "the file must be one array of objects: [{…}, {…}]");
        }
        if (depth_ != 1) return misplaced("an object inside a record", "records are flat");
        ++depth_;
        ++current_.at.number;
        current_.fields.assign(columns_of(what_).size(), std::nullopt);
        return true;
    }
    bool key(string_t& name) override {
        column_ = columns_.find(name);
        if (column_ && current_.fields[*column_]) {
            problems_.add(current_.at, name, "the key is there twice", "remove one");
            column_.reset();
        }
        if (column_) has_column_[*column_] = true;
        return true;
    }
    bool end_object() override {
        --depth_;
        for (std::size_t i = 0; i < current_.fields.size(); ++i) {
            auto& field = current_.fields[i];
            if (field && field->size() > field_bytes_max) {
                problems_.add(
                    current_.at,
                    columns_of(what_)[i].name,
                    "is longer than 4096 bytes",
                    "shorten it"
                );
                field.reset();
            } else if (field && field->empty()) {
                field.reset();
            }
        }
        sink_(current_);
        return true;
    }

    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception& error)
        override {
        problems_.add({current_.at.file, 0}, "", not_json(error.what()));
        return false;
    }

private:
    bool misplaced(std::string_view found, std::string mend = {}) {
        problems_.add(
            current_.at,
            depth_ >= 2 && column_ ? columns_of(what_)[*column_].name : "",
            "has " + std::string{found} + " where none belongs",
            std::move(mend)
        );
        return false;
    }

    bool scalar(std::string value) {
        if (depth_ < 2) {
            return misplaced("a bare value", "the file must be one array of objects: [{…}, {…}]");
        }
        if (value.find('\0') != std::string::npos) return misplaced("a NUL character");
        if (!column_) return true;
        auto& field = current_.fields[*column_];
        if (field && depth_ == 3) {
            // Lists are joined the way a CSV field holds them; a runaway one is cut off here.
            if (field->size() <= field_bytes_max) *field += "|" + value;
        } else {
            field = std::move(value);
        }
        return true;
    }

    kind what_;
    problem_list& problems_;
    std::vector<bool>& has_column_;
    const record_sink& sink_;
    column_map columns_;
    record current_;
    std::optional<std::size_t> column_{};
    int depth_{};
};

}  // namespace

std::string not_json(std::string_view said) {
    // Their text names line and column; its prefix "[json.exception…] " is not for people.
    const auto prefix = said.find("] ");
    if (prefix != std::string_view::npos) said.remove_prefix(prefix + 2);
    std::string out{"is not JSON: "};
    for (const char c : said.substr(0, 160)) {
        const auto byte = static_cast<unsigned char>(c);
        out.push_back(byte < 0x20 || byte > 0x7E ? '?' : c);
    }
    return out;
}

void read_json(
    std::string_view bytes,
    std::string_view file,
    kind what,
    problem_list& problems,
    std::vector<bool>& has_column,
    const record_sink& sink
) {
    record_events events{file, what, problems, has_column, sink};
    // False only where an event above or the parser has reported why.
    static_cast<void>(json::sax_parse(bytes.begin(), bytes.end(), &events));
}

}  // namespace tertulia::adapters::ledger
