#include "gateway/translations/po_file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <system_error>

#include <gettext-po.h>
#include <simdjson.h>
#include <sys/mman.h>
#include <unistd.h>

namespace tertulia::gateway {
namespace {

// ---- a file that has a name but lies in memory

class memory_file {
public:
    memory_file() : file_(::memfd_create("po", MFD_CLOEXEC)) {
        if (file_ < 0) throw std::system_error{errno, std::generic_category(), "memfd_create"};
    }
    ~memory_file() { ::close(file_); }
    memory_file(const memory_file&) = delete;
    memory_file& operator=(const memory_file&) = delete;

    [[nodiscard]] std::string name() const { return "/proc/self/fd/" + std::to_string(file_); }
    void write(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto wrote = ::write(file_, bytes.data(), bytes.size());
            if (wrote < 0) throw std::system_error{errno, std::generic_category(), "memory file"};
            bytes.remove_prefix(static_cast<std::size_t>(wrote));
        }
    }
    [[nodiscard]] std::string read() const {
        std::string all(static_cast<std::size_t>(::lseek(file_, 0, SEEK_END)), '\0');
        std::size_t done = 0;
        while (done < all.size()) {
            const auto got =
                ::pread(file_, all.data() + done, all.size() - done, static_cast<off_t>(done));
            if (got <= 0) throw std::system_error{errno, std::generic_category(), "memory file"};
            done += static_cast<std::size_t>(got);
        }
        return all;
    }

private:
    int file_;
};

// ---- what the library says

// Its callbacks carry nothing of ours, so where they report to is kept beside them.
struct listener {
    dialogs::findings* noted{};
    std::size_t line{};  // of the last problem with a place
    bool only_place{};   // the problem is provoked: see line_of()
};
thread_local listener* listening = nullptr;

std::string one_line(const char* text) {
    std::string made{text};
    while (!made.empty() && (made.back() == '\n' || made.back() == ' ')) made.pop_back();
    std::ranges::replace(made, '\n', ' ');
    return made;
}

void hear(
    int severity,
    po_message_t,
    const char* file,
    std::size_t line,
    std::size_t column,
    int,
    const char* text
) {
    constexpr auto unknown = static_cast<std::size_t>(-1);
    const bool placed = file != nullptr && line != unknown;
    if (placed) listening->line = line;
    if (listening->only_place || severity == PO_SEVERITY_WARNING) return;
    listening->noted->error(
        dialogs::rule::wrong_shape,
        {.line = placed ? static_cast<int>(line) : 0,
         .column = placed && column != unknown ? static_cast<int>(column) : 0},
        "this is not a PO file as gettext has it: " + one_line(text),
        "open it in a PO editor and save it again"
    );
}

void hear_two(
    int severity,
    po_message_t message,
    const char* file,
    std::size_t line,
    std::size_t column,
    int lines,
    const char* text,
    po_message_t,
    const char*,
    std::size_t,
    std::size_t,
    int,
    const char*
) {
    hear(severity, message, file, line, column, lines, text);
}

constexpr po_xerror_handler handler{.xerror = &hear, .xerror2 = &hear_two};

class heard {
public:
    explicit heard(listener& by) { listening = &by; }
    ~heard() { listening = nullptr; }
    heard(const heard&) = delete;
    heard& operator=(const heard&) = delete;
};

// ---- what it gives

template <class Pointer, void (*Free)(Pointer)>
struct freed {
    void operator()(Pointer of) const { Free(of); }
};
using po_owner = std::unique_ptr<std::remove_pointer_t<po_file_t>, freed<po_file_t, &po_file_free>>;
using iterator_owner = std::unique_ptr<
    std::remove_pointer_t<po_message_iterator_t>,
    freed<po_message_iterator_t, &po_message_iterator_free>>;

std::string text_or_empty(const char* of) {
    return of == nullptr ? std::string{} : std::string{of};
}

std::string header_field(po_file_t file, const char* name) {
    const char* header = po_file_domain_header(file, nullptr);
    if (header == nullptr) return {};
    const std::unique_ptr<char, freed<void*, &std::free>> value{po_header_field(header, name)};
    auto made = text_or_empty(value.get());
    std::ranges::replace(made, '_', '-');
    return made;
}

// The library knows the line of a message but tells it only in a problem: so we give it one. The
// message is spoilt by it.
int line_of(po_message_t message, po_message_iterator_t among) {
    listener by{.only_place = true};
    const heard while_asking{by};
    po_message_set_fuzzy(message, 0);
    po_message_set_msgid(message, "x");
    po_message_set_msgstr(message, "\nx");
    po_message_check_all(message, among, &handler);
    return static_cast<int>(by.line);
}

class catalogue_reader {
public:
    catalogue_reader(po_file_t file, dialogs::findings& noted) : file_(file), noted_(noted) {}

    po_catalogue run() {
        made_.language = header_field(file_, "Language");
        made_.source_language = header_field(file_, "X-Source-Language");
        const auto type = header_field(file_, "Content-Type");
        if (type.find("charset=UTF-8") == std::string::npos &&
            type.find("charset=utf-8") == std::string::npos) {
            noted_.error(
                dialogs::rule::not_utf8,
                {.line = 1},
                "its header does not say charset=UTF-8",
                "save it as UTF-8 in a PO editor"
            );
        }
        const iterator_owner all{po_message_iterator(file_, nullptr)};
        for (auto* one = po_next_message(all.get()); one != nullptr;
             one = po_next_message(all.get())) {
            read(one, all.get());
        }
        return std::move(made_);
    }

private:
    void read(po_message_t message, po_message_iterator_t among) {
        if (po_message_is_obsolete(message) != 0) return;
        dialogs::incoming_text one{
            .context = text_or_empty(po_message_msgctxt(message)),
            .source = text_or_empty(po_message_msgid(message)),
            .text = text_or_empty(po_message_msgstr(message)),
            .fuzzy = po_message_is_fuzzy(message) != 0};
        if (one.context.empty() && one.source.empty()) return;  // the header
        const bool plural = po_message_msgid_plural(message) != nullptr;
        if (plural) po_message_set_msgid_plural(message, nullptr);
        one.line = line_of(message, among);
        if (plural) {
            noted_.error(
                dialogs::rule::wrong_shape,
                {.line = one.line},
                "our texts have their plurals inside: {…, plural, one {…} other {…}}",
                "write it with msgid and msgstr alone"
            );
            return;
        }
        made_.texts.push_back(std::move(one));
    }

    po_file_t file_;
    dialogs::findings& noted_;
    po_catalogue made_{};
};

bool sound_bytes(const dialogs::source_file& file, dialogs::findings& noted) {
    if (file.text.size() > po_bytes_max) {
        noted.error(dialogs::rule::too_large, {}, "this file has more than 8 MiB");
        return false;
    }
    if (file.text.find('\0') != std::string::npos || !simdjson::validate_utf8(file.text)) {
        noted.error(
            dialogs::rule::not_utf8,
            {},
            "this file is not UTF-8",
            "save it as UTF-8, and say so in its header: charset=UTF-8"
        );
        return false;
    }
    return true;
}

}  // namespace

std::optional<po_catalogue> read_po(
    const dialogs::source_file& file, std::vector<dialogs::diagnostic>& problems
) {
    dialogs::findings noted{file.path, problems};
    if (!sound_bytes(file, noted)) return std::nullopt;
    memory_file bytes;
    bytes.write(file.text);
    const auto before = problems.size();
    po_owner all;
    {
        listener by{.noted = &noted};
        const heard while_reading{by};
        all.reset(po_file_read(bytes.name().c_str(), &handler));
    }
    if (all == nullptr && problems.size() == before) {
        noted.error(dialogs::rule::unreadable, {}, "gettext cannot read this file");
    }
    if (problems.size() != before) return std::nullopt;
    auto made = catalogue_reader{all.get(), noted}.run();
    if (problems.size() != before) return std::nullopt;
    return made;
}

std::string to_po(
    const std::vector<po_text>& texts, const std::string& language, const std::string& source_language
) {
    const auto underscored = [](std::string tag) {
        std::ranges::replace(tag, '-', '_');
        return tag;
    };
    const po_owner made{po_file_create()};
    const iterator_owner end{po_message_iterator(made.get(), nullptr)};
    auto* header = po_message_create();
    po_message_set_msgid(header, "");
    const auto fields = "Project-Id-Version: Tertulia\nLanguage: " + underscored(language) +
                        "\nX-Source-Language: " + underscored(source_language) +
                        "\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
                        "Content-Transfer-Encoding: 8bit\n";
    po_message_set_msgstr(header, fields.c_str());
    po_message_insert(end.get(), header);
    for (const auto& one : texts) {
        auto* message = po_message_create();
        po_message_set_msgctxt(message, one.context.c_str());
        po_message_set_msgid(message, one.source.c_str());
        po_message_set_msgstr(message, one.text.c_str());
        po_message_set_extracted_comments(message, one.comments.c_str());
        po_message_set_fuzzy(message, one.fuzzy ? 1 : 0);
        po_message_insert(end.get(), message);
    }
    const memory_file bytes;
    std::vector<dialogs::diagnostic> problems;
    dialogs::findings noted{"export", problems};
    listener by{.noted = &noted};
    const heard while_writing{by};
    if (po_file_write(made.get(), bytes.name().c_str(), &handler) == nullptr || !problems.empty()) {
        throw std::system_error{
            std::make_error_code(std::errc::io_error),
            problems.empty() ? "gettext cannot write" : problems.front().what};
    }
    return bytes.read();
}

}  // namespace tertulia::gateway
