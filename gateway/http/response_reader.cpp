#include "gateway/http/response_reader.hpp"

#include <boost/beast/http/basic_parser.hpp>

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <utility>

namespace tertulia::gateway::http {
namespace {

namespace bhttp = boost::beast::http;
using boost::beast::error_code;

constexpr std::size_t buffer_bytes = 16UL * 1024;  // also the longest header
constexpr std::size_t retry_after_bytes_max = 64;
constexpr std::size_t location_bytes_max = 4096;
constexpr std::size_t answer_overhead_max = 8;

}  // namespace

class response_reader::parts {
public:
    class parser final : public bhttp::basic_parser<false> {
    public:
        explicit parser(parts& owner) : owner_{owner} {}

    private:
        void
        on_request_impl(bhttp::verb, boost::beast::string_view, boost::beast::string_view, int, error_code&)
            override {}
        void on_response_impl(int code, boost::beast::string_view, int, error_code&) override {
            owner_.status_ = static_cast<unsigned>(code);
        }
        void on_field_impl(
            bhttp::field field,
            boost::beast::string_view,
            boost::beast::string_view value,
            error_code& ec
        ) override {
            if (field == bhttp::field::retry_after && value.size() <= retry_after_bytes_max) {
                owner_.retry_after_.assign(value.data(), value.size());
            }
            if (field == bhttp::field::date && value.size() <= retry_after_bytes_max) {
                owner_.date_.assign(value.data(), value.size());
            }
            if (field == bhttp::field::location && value.size() <= location_bytes_max) {
                owner_.location_.assign(value.data(), value.size());
            }
            // A coding we do not undo would give the body a wrong end.
            if (field == bhttp::field::transfer_encoding &&
                !boost::beast::iequals(value, "chunked")) {
                ec = bhttp::error::bad_transfer_encoding;
            }
        }
        void on_header_impl(error_code& ec) override {
            const auto length = content_length();
            if (!length || is_done()) return;
            if (*length > owner_.body_bytes_max_) {
                ec = bhttp::error::body_limit;
                return;
            }
            owner_.body_.reserve(
                static_cast<std::size_t>(std::min<std::uint64_t>(*length, 64UL * 1024))
            );
        }
        void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
        std::size_t on_body_impl(boost::beast::string_view piece, error_code& ec) override {
            return owner_.append(piece, ec);
        }
        void on_chunk_header_impl(std::uint64_t, boost::beast::string_view, error_code&) override {}
        std::size_t on_chunk_body_impl(
            std::uint64_t, boost::beast::string_view piece, error_code& ec
        ) override {
            return owner_.append(piece, ec);
        }
        void on_finish_impl(error_code&) override {}

        parts& owner_;
    };

    std::size_t append(boost::beast::string_view piece, error_code& ec) {
        if (piece.size() > body_bytes_max_ - std::min(body_bytes_max_, body_.size())) {
            ec = bhttp::error::body_limit;
            return 0;
        }
        body_.append(piece.data(), piece.size());
        return piece.size();
    }

    void begin() {
        parser_.emplace(*this);
        parser_->header_limit(static_cast<std::uint32_t>(buffer_bytes));
        parser_->body_limit(boost::none);
        if (rule_ == body_rule::none_after_head) parser_->skip(true);
        parser_->eager(true);
        status_ = 0;
        body_.clear();
        retry_after_.clear();
        date_.clear();
        location_.clear();
    }

    answer_reading judge(error_code ec) {
        if (ec == bhttp::error::body_limit) return answer_reading::too_large;
        return answer_reading::bad;
    }

    answer_reading parse() {
        for (;;) {
            while (!parser_->is_done() && at_ < end_) {
                error_code ec;
                const auto used = parser_->put({buffer_.data() + at_, end_ - at_}, ec);
                at_ += used;
                wire_bytes_ += used;
                if (ec == bhttp::error::need_more) break;
                if (ec) return judge(ec);
                if (used == 0) break;
            }
            if (!parser_->is_done()) break;
            if (status_ / 100 != 1) return answer_reading::complete;
            // 101 would leave HTTP, which nobody asked for.
            if (status_ == 101 || ++interim_ > 8) return answer_reading::bad;
            begin();
        }
        if (wire_bytes_ > body_bytes_max_ * answer_overhead_max + 8 * buffer_bytes) {
            return answer_reading::too_large;
        }
        std::memmove(buffer_.data(), buffer_.data() + at_, end_ - at_);
        end_ -= at_;
        at_ = 0;
        return end_ == buffer_.size() ? answer_reading::bad : answer_reading::need_more;
    }

    std::array<char, buffer_bytes> buffer_;  // NOLINT: filled by reads
    std::size_t at_{}, end_{};
    std::size_t body_bytes_max_{}, wire_bytes_{};
    unsigned interim_{}, status_{};
    bool touched_{};
    body_rule rule_{};
    std::string body_{}, retry_after_{}, date_{}, location_{};
    std::optional<parser> parser_{};
};

response_reader::response_reader() : self_{std::make_unique<parts>()} {}
response_reader::~response_reader() = default;

void response_reader::start(std::size_t body_bytes_max, body_rule rule) {
    self_->body_bytes_max_ = body_bytes_max;
    self_->rule_ = rule;
    self_->at_ = self_->end_ = self_->wire_bytes_ = 0;
    self_->interim_ = 0;
    self_->touched_ = false;
    self_->begin();
}

std::span<char> response_reader::room() noexcept {
    return {self_->buffer_.data() + self_->end_, self_->buffer_.size() - self_->end_};
}

answer_reading response_reader::took(std::size_t bytes) {
    self_->end_ += bytes;
    self_->touched_ = true;
    return self_->parse();
}

answer_reading response_reader::ended() {
    if (!self_->parser_->got_some()) return answer_reading::bad;
    error_code ec;
    self_->parser_->put_eof(ec);
    return ec ? answer_reading::bad : answer_reading::complete;
}

bool response_reader::untouched() const noexcept {
    return !self_->touched_;
}
unsigned response_reader::status() const noexcept {
    return self_->status_;
}
bool response_reader::keep_alive() const noexcept {
    return self_->parser_->is_done() && self_->parser_->keep_alive() && self_->at_ == self_->end_;
}
std::string response_reader::take_body() {
    return std::exchange(self_->body_, {});
}
std::string response_reader::take_date() { return std::exchange(self_->date_, {}); }

std::string response_reader::take_location() {
    return std::exchange(self_->location_, {});
}
std::string response_reader::take_retry_after() {
    return std::exchange(self_->retry_after_, {});
}

}  // namespace tertulia::gateway::http
