#include "gateway/http/request_reader.hpp"

#include <boost/beast/http/basic_parser.hpp>

#include <sys/mman.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <new>
#include <optional>
#include <vector>

namespace tertulia::gateway::http {
namespace {

namespace bhttp = boost::beast::http;
using boost::beast::error_code;

// Room behind the largest header: for chunk headers, trailers and small bodies.
constexpr std::size_t body_room_bytes = 4UL * 1024;
// Requests already answered are moved out of the way only once per this many bytes.
constexpr std::size_t slack_bytes = 12UL * 1024;
constexpr std::size_t chunk_extension_bytes_max = 256;
// A body in chunks of one byte costs six on the wire; more overhead than this is not a client.
constexpr std::size_t chunk_overhead_max = 8;

bool same(std::string_view one, std::string_view other) noexcept {
    return one.size() == other.size() &&
           std::equal(one.begin(), one.end(), other.begin(), [](char a, char b) {
               const auto low = [](char c) {
                   return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
               };
               return low(a) == low(b);
           });
}

std::string_view view(boost::beast::string_view from) noexcept {
    return {from.data(), from.size()};
}

// Pages of their own, not of the heap: thousands of buffers come and go with bursts of traffic, and
// what small objects pin on a heap never returns to the system.
struct unmapper {
    std::size_t bytes{};
    void operator()(char* from) const noexcept { ::munmap(from, bytes); }
};
using pages = std::unique_ptr<char[], unmapper>;

pages map_pages(std::size_t bytes) {
    void* made =
        ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (made == MAP_FAILED) throw std::bad_alloc{};
    return pages{static_cast<char*>(made), unmapper{bytes}};
}

struct line {
    std::string_view name, value;
};

}  // namespace

// The parser is Beast's; this part says where its findings go and what is refused besides.
class request_reader::parts {
public:
    class parser final : public bhttp::basic_parser<true> {
    public:
        explicit parser(parts& owner) : owner_{owner} {}

    private:
        void on_request_impl(
            bhttp::verb,
            boost::beast::string_view method,
            boost::beast::string_view target,
            int version,
            error_code& ec
        ) override {
            owner_.started(view(method), view(target), version, ec);
        }
        void on_response_impl(int, boost::beast::string_view, int, error_code&) override {}
        void on_field_impl(
            bhttp::field field,
            boost::beast::string_view name,
            boost::beast::string_view value,
            error_code& ec
        ) override {
            owner_.field(field, view(name), view(value), ec);
        }
        void on_header_impl(error_code& ec) override { owner_.header_ended(ec); }
        void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
        std::size_t on_body_impl(boost::beast::string_view piece, error_code&) override {
            return piece.size();  // never: bodies of a known length do not pass through the parser
        }
        void on_chunk_header_impl(
            std::uint64_t, boost::beast::string_view extensions, error_code& ec
        ) override {
            if (extensions.size() > chunk_extension_bytes_max) {
                owner_.refuse(400, "A chunk extension is too long.", ec);
            }
        }
        std::size_t on_chunk_body_impl(
            std::uint64_t, boost::beast::string_view piece, error_code& ec
        ) override {
            if (!owner_.append(view(piece))) ec = bhttp::error::body_limit;
            return piece.size();
        }
        void on_finish_impl(error_code&) override {}

        parts& owner_;
    };

    parts(std::size_t header_bytes_max, body_budget& budget)
        : header_bytes_max_{header_bytes_max},
          budget_{budget},
          capacity_{header_bytes_max + body_room_bytes + slack_bytes},
          buffer_{map_pages(capacity_)} {
        fields_.reserve(24);
    }
    ~parts() { drop_body(); }
    parts(const parts&) = delete;
    parts& operator=(const parts&) = delete;

    // --- what the parser reports
    void started(std::string_view method, std::string_view target, int version, error_code& ec) {
        method_ = method;
        http_1_0_ = version == 10;
        if (target.size() > target_bytes_max) return refuse(414, "The target is too long.", ec);
        for (const char byte : target) {
            const auto code = static_cast<unsigned char>(byte);
            if (code <= 0x20 || code >= 0x7f || byte == '#') {
                return refuse(400, "The target holds a byte that must be percent-encoded.", ec);
            }
        }
        if (!target.starts_with('/') && !(target == "*" && method == "OPTIONS")) {
            // Absolute form, as sent to proxies: the authority adds nothing, we are one site.
            const auto after = same(target.substr(0, 7), "http://")    ? std::size_t{7}
                               : same(target.substr(0, 8), "https://") ? std::size_t{8}
                                                                       : std::size_t{0};
            if (after == 0 || after == target.size()) {
                return refuse(400, "The target is not a path.", ec);
            }
            const auto rest = target.find_first_of("/?", after);
            target = rest == std::string_view::npos ? std::string_view{} : target.substr(rest);
        }
        const auto mark = target.find('?');
        path_ = target.substr(0, mark);
        if (path_.empty()) path_ = "/";
        query_ = mark == std::string_view::npos ? std::string_view{} : target.substr(mark + 1);
    }

    void field(bhttp::field which, std::string_view name, std::string_view value, error_code& ec) {
        if (header_done_) return;  // a trailer: nothing we would believe
        if (fields_.size() >= fields_max) return refuse(431, "Too many header fields.", ec);
        const std::less<const char*> before{};
        if (!value.empty() &&
            (before(value.data(), buffer_.get()) || !before(value.data(), buffer_.get() + end_))) {
            return refuse(400, "A header field is folded over lines.", ec);
        }
        switch (which) {
            case bhttp::field::host:
                if (hosts_++ > 0) return refuse(400, "More than one Host.", ec);
                break;
            case bhttp::field::content_length:
                if (length_known_ || value.find(',') != std::string_view::npos) {
                    return refuse(400, "More than one Content-Length.", ec);
                }
                length_known_ = true;
                break;
            case bhttp::field::transfer_encoding:
                if (chunked_) return refuse(400, "More than one Transfer-Encoding.", ec);
                if (!same(value, "chunked")) {
                    return refuse(501, "The only transfer coding understood is chunked.", ec);
                }
                chunked_ = true;
                break;
            case bhttp::field::content_type:
                if (content_type_.empty()) content_type_ = value;
                break;
            case bhttp::field::expect:
                if (!same(value, "100-continue")) {
                    return refuse(417, "The only expectation met is 100-continue.", ec);
                }
                expects_continue_ = !http_1_0_;
                break;
            default:
                break;
        }
        fields_.push_back({name, value});
    }

    void header_ended(error_code& ec) {
        if (hosts_ == 0 && !http_1_0_) return refuse(400, "There is no Host.", ec);
        if (chunked_ && (length_known_ || http_1_0_)) {
            return refuse(400, "The length of the body is ambiguous.", ec);
        }
        // In 1.1 a request without either has no body; in 1.0 the two sides might disagree.
        if (http_1_0_ && !length_known_ &&
            (method_ == "POST" || method_ == "PUT" || method_ == "PATCH")) {
            return refuse(411, "The length of the body is missing.", ec);
        }
    }

    void refuse(unsigned status, std::string_view detail, error_code& ec) {
        fault(status, detail);
        ec = bhttp::error::bad_value;
    }

    bool append(std::string_view piece) {
        if (piece.size() > body_limit_ - std::min(body_limit_, body_.size())) {
            fault(413, "The body is larger than this path takes.");
            return false;
        }
        if (piece.size() > budget_.left) {
            fault(503, "Too many large bodies at this moment.");
            return false;
        }
        budget_.left -= piece.size();
        budgeted_ += piece.size();
        body_ += piece;
        return true;
    }

    // --- what the connection drives
    reading next() {
        drop_body();
        fields_.clear();
        method_ = path_ = query_ = content_type_ = body_view_ = {};
        hosts_ = 0;
        http_1_0_ = length_known_ = chunked_ = expects_continue_ = header_done_ = false;
        accepted_ = complete_ = false;
        fault_status_ = 0;
        begin_ = at_;
        if (begin_ == end_) {
            begin_ = at_ = end_ = 0;
        } else if (begin_ > slack_bytes) {
            std::memmove(buffer_.get(), buffer_.get() + begin_, end_ - begin_);
            end_ -= begin_;
            begin_ = at_ = 0;
        }
        parser_.emplace(*this);
        parser_->header_limit(static_cast<std::uint32_t>(header_bytes_max_ + body_room_bytes));
        parser_->body_limit(boost::none);
        return read_header();
    }

    reading took(std::size_t bytes) {
        end_ += bytes;
        return header_done_ ? read_body() : read_header();
    }

    reading read_header() {
        // Empty lines before a request are what some clients leave behind a body.
        while (at_ == begin_ && end_ - at_ >= 2 && buffer_[at_] == '\r' &&
               buffer_[at_ + 1] == '\n' && !parser_->got_some()) {
            at_ += 2;
            begin_ = at_;
            if (++blank_lines_ > 8) return fault(400, "Too many empty lines.");
        }
        if (at_ == end_ || (end_ - at_ == 1 && at_ == begin_ && buffer_[at_] == '\r')) {
            return too_long() ? long_header() : reading::need_more;
        }
        blank_lines_ = 0;
        error_code ec;
        at_ += parser_->put({buffer_.get() + at_, end_ - at_}, ec);
        if (at_ - begin_ > header_bytes_max_) return long_header();
        if (ec == bhttp::error::need_more) return too_long() ? long_header() : reading::need_more;
        if (ec) return bad_header(ec);
        header_done_ = true;
        header_end_ = at_;
        length_ = parser_->content_length().value_or(0);
        return reading::header;
    }

    reading go_on(std::size_t body_bytes_max) {
        accepted_ = true;
        body_limit_ = body_bytes_max;
        wire_bytes_ = 0;
        if (length_known_ && length_ > body_limit_) {
            return fault(413, "The body is larger than this path takes.");
        }
        if (chunked_) parser_->body_limit(body_bytes_max);
        return read_body();
    }

    reading read_body() {
        if (!has_body()) return completed();
        return chunked_ ? read_chunks() : read_length();
    }

    reading read_length() {
        const auto length = static_cast<std::size_t>(length_);
        if (length <= capacity_ - header_end_) {  // it fits behind its header: no copy
            if (end_ - header_end_ < length) return reading::need_more;
            body_view_ = {buffer_.get() + header_end_, length};
            at_ = header_end_ + length;
            return completed();
        }
        const auto piece = std::min(length - body_.size(), end_ - at_);
        if (!append({buffer_.get() + at_, piece})) return reading::bad;
        at_ += piece;
        if (body_.size() < length) {
            at_ = end_ = header_end_;
            return reading::need_more;
        }
        body_view_ = body_;
        return completed();
    }

    reading read_chunks() {
        while (!parser_->is_done()) {
            if (at_ == end_) break;
            error_code ec;
            const auto used = parser_->put({buffer_.get() + at_, end_ - at_}, ec);
            at_ += used;
            wire_bytes_ += used;
            if (ec == bhttp::error::need_more) break;
            if (ec) return bad_body(ec);
            if (wire_bytes_ > body_limit_ * chunk_overhead_max + capacity_) {
                return fault(400, "The body is mostly chunk headers.");
            }
        }
        if (parser_->is_done()) {
            body_view_ = body_;
            return completed();
        }
        if (at_ > header_end_) {
            std::memmove(buffer_.get() + header_end_, buffer_.get() + at_, end_ - at_);
            end_ -= at_ - header_end_;
            at_ = header_end_;
        }
        if (end_ == capacity_ || end_ - at_ > header_bytes_max_) {
            return fault(400, "A chunk header or the trailers are too long.");
        }
        return reading::need_more;
    }

    reading completed() {
        complete_ = true;
        return reading::complete;
    }

    void drop_body() {
        budget_.left += budgeted_;
        budgeted_ = 0;
        if (body_.capacity() > 64UL * 1024) {
            std::string{}.swap(body_);
        } else {
            body_.clear();
        }
    }

    // --- faults
    reading fault(unsigned status, std::string_view detail) {
        if (fault_status_ == 0) {
            fault_status_ = status;
            fault_detail_ = detail;
        }
        return reading::bad;
    }

    [[nodiscard]] bool too_long() const { return end_ - begin_ >= header_bytes_max_; }

    reading long_header() {
        const auto first = std::string_view{buffer_.get() + begin_, end_ - begin_};
        if (first.substr(0, target_bytes_max).find('\n') == std::string_view::npos) {
            return fault(414, "The target is too long.");
        }
        return fault(431, "The header is too long.");
    }

    reading bad_header(error_code ec) {
        if (ec == bhttp::error::header_limit) return long_header();
        if (ec == bhttp::error::bad_version && names_a_version()) {
            return fault(505, "Only HTTP/1.1 and HTTP/1.0 are spoken here.");
        }
        return fault(400, "The request is not well-formed HTTP.");
    }

    // Whether the first line ends in " HTTP/d.d".
    [[nodiscard]] bool names_a_version() const {
        const std::string_view all{buffer_.get() + begin_, end_ - begin_};
        const auto first = all.substr(0, all.find('\r'));
        if (first.size() < 9) return false;
        const auto version = first.substr(first.size() - 9);
        const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
        return version.starts_with(" HTTP/") && is_digit(version[6]) && version[7] == '.' &&
               is_digit(version[8]);
    }

    reading bad_body(error_code ec) {
        if (ec == bhttp::error::body_limit) {
            return fault(413, "The body is larger than this path takes.");
        }
        return fault(400, "The body is not well-formed.");
    }

    [[nodiscard]] bool has_body() const { return chunked_ || (length_known_ && length_ > 0); }

    const std::size_t header_bytes_max_;
    body_budget& budget_;
    const std::size_t capacity_;
    pages buffer_;
    // begin_ <= at_ <= end_: the request's first byte, the first unread one, the end of what came.
    std::size_t begin_{}, at_{}, end_{}, header_end_{};
    std::optional<parser> parser_{};

    std::string_view method_{}, path_{}, query_{}, content_type_{}, body_view_{};
    std::vector<line> fields_{};
    std::string body_{};  // what does not fit behind the header, or came in chunks
    std::size_t budgeted_{}, body_limit_{}, wire_bytes_{};
    std::uint64_t length_{};
    unsigned hosts_{}, blank_lines_{};
    bool http_1_0_{}, length_known_{}, chunked_{}, expects_continue_{};
    bool header_done_{}, accepted_{}, complete_{};

    unsigned fault_status_{};
    std::string_view fault_detail_{};
};

request_reader::request_reader(std::size_t header_bytes_max, body_budget& budget)
    : self_{std::make_unique<parts>(header_bytes_max, budget)} {
    forget();
}
request_reader::~request_reader() = default;

void request_reader::forget() {
    self_->at_ = self_->end_;
    (void)self_->next();
}
reading request_reader::next() {
    return self_->next();
}
std::span<char> request_reader::room() noexcept {
    return {self_->buffer_.get() + self_->end_, self_->capacity_ - self_->end_};
}
reading request_reader::took(std::size_t bytes) {
    return self_->took(bytes);
}
reading request_reader::go_on(std::size_t body_bytes_max) {
    return self_->go_on(body_bytes_max);
}
bool request_reader::untouched() const noexcept {
    return self_->begin_ == self_->end_;
}
bool request_reader::in_body() const noexcept {
    return self_->accepted_;
}
bool request_reader::has_body() const noexcept {
    return self_->has_body();
}
bool request_reader::body_begun() const noexcept {
    return self_->end_ > self_->header_end_;
}
std::string_view request_reader::method() const noexcept {
    return self_->method_;
}
std::string_view request_reader::path() const noexcept {
    return self_->path_;
}
std::string_view request_reader::query() const noexcept {
    return self_->query_;
}
std::string_view request_reader::content_type() const noexcept {
    return self_->content_type_;
}
std::string_view request_reader::header(std::string_view name) const noexcept {
    for (const auto& field : self_->fields_) {
        if (same(field.name, name)) return field.value;
    }
    return {};
}
std::vector<std::string_view> request_reader::header_lines(std::string_view name) const {
    std::vector<std::string_view> out;
    for (const auto& field : self_->fields_) {
        if (same(field.name, name)) out.push_back(field.value);
    }
    return out;
}
std::string_view request_reader::body() const noexcept {
    return self_->body_view_;
}
bool request_reader::keep_alive() const noexcept {
    return self_->header_done_ && self_->parser_->keep_alive();
}
bool request_reader::is_http_1_0() const noexcept {
    return self_->http_1_0_;
}
bool request_reader::expects_continue() const noexcept {
    return self_->expects_continue_;
}
unsigned request_reader::fault_status() const noexcept {
    return self_->fault_status_;
}
std::string_view request_reader::fault_detail() const noexcept {
    return self_->fault_detail_;
}

}  // namespace tertulia::gateway::http
