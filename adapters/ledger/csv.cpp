#include "adapters/ledger/csv.hpp"

#include <algorithm>

namespace tertulia::adapters::ledger {
namespace {

char separator_of(std::string_view bytes) noexcept {
    const auto header = bytes.substr(0, bytes.find_first_of("\r\n"));
    const bool semicolons =
        header.find(',') == std::string_view::npos && header.find(';') != std::string_view::npos;
    return semicolons ? ';' : ',';
}

std::string_view trimmed(std::string_view text) noexcept {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace

csv_reader::csv_reader(std::string_view bytes) noexcept
    : bytes_{bytes}, separator_{separator_of(bytes)} {}

bool csv_reader::next(csv_row& row) {
    while (at_ < bytes_.size() && at_line_end()) skip_line_end();
    if (at_ == bytes_.size()) return false;
    row.line = line_;
    row.fields.clear();
    row.error.clear();
    row.mend.clear();
    read_row(row);
    return true;
}

void csv_reader::read_row(csv_row& row) {
    while (true) {
        if (row.fields.size() == csv_columns_max) {
            return fail(row, "more than 100 columns", "check the quotes and separators");
        }
        while (at_ < bytes_.size() && (bytes_[at_] == ' ' || bytes_[at_] == '\t')) ++at_;
        if (at_ < bytes_.size() && bytes_[at_] == '"') {
            read_quoted(row);
        } else {
            read_plain(row);
        }
        if (!row.error.empty()) return;
        if (at_ < bytes_.size() && bytes_[at_] == separator_) {
            ++at_;
            continue;
        }
        if (at_ < bytes_.size()) skip_line_end();
        return;
    }
}

void csv_reader::read_plain(csv_row& row) {
    const auto start = at_;
    while (at_ < bytes_.size() && bytes_[at_] != separator_ && !at_line_end()) {
        if (bytes_[at_] == '"') {
            return fail(
                row,
                "a quote inside a field that does not begin with one",
                "put the whole field in quotes and write the inner quote twice"
            );
        }
        ++at_;
    }
    if (at_ - start > field_bytes_max) {
        return fail(row, "a field of more than 4096 bytes", "shorten it");
    }
    row.fields.emplace_back(trimmed(bytes_.substr(start, at_ - start)));
}

void csv_reader::read_quoted(csv_row& row) {
    const auto opened_at = at_;
    const auto opened_line = line_;
    std::string field;
    for (++at_; at_ < bytes_.size(); ++at_) {
        const char c = bytes_[at_];
        if (c == '"') {
            if (at_ + 1 == bytes_.size() || bytes_[at_ + 1] != '"') break;
            ++at_;  // written twice: one quote
        }
        if (c == '\n') ++line_;
        field.push_back(c);
        if (field.size() > field_bytes_max) break;
    }
    if (field.size() > field_bytes_max || at_ == bytes_.size()) {
        // A quote was lost: start again on the next line rather than swallow the file.
        at_ = opened_at;
        line_ = opened_line;
        return fail(row, "a quoted field that does not end within 4096 bytes", "close its quote");
    }
    ++at_;
    while (at_ < bytes_.size() && (bytes_[at_] == ' ' || bytes_[at_] == '\t')) ++at_;
    if (at_ < bytes_.size() && bytes_[at_] != separator_ && !at_line_end()) {
        return fail(row, "text after a closing quote", "write a quote inside a quoted field twice");
    }
    row.fields.push_back(std::move(field));
}

void csv_reader::fail(csv_row& row, std::string error, std::string mend) {
    row.error = std::move(error);
    row.mend = std::move(mend);
    skip_line();
}

bool csv_reader::at_line_end() const noexcept {
    return bytes_[at_] == '\n' || bytes_[at_] == '\r';
}

void csv_reader::skip_line_end() noexcept {
    // A lone carriage return ends a line too, as old spreadsheets write it.
    const bool both = bytes_[at_] == '\r' && at_ + 1 < bytes_.size() && bytes_[at_ + 1] == '\n';
    at_ += both ? 2 : 1;
    ++line_;
}

void csv_reader::skip_line() noexcept {
    at_ = std::min(bytes_.find_first_of("\r\n", at_), bytes_.size());
    if (at_ < bytes_.size()) skip_line_end();
}

}  // namespace tertulia::adapters::ledger
