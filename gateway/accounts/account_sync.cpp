#include "gateway/accounts/account_sync.hpp"

#include <iterator>
#include <utility>

namespace tertulia::gateway {
namespace {

namespace meta = adapters::whatsapp_cloud;

constexpr std::size_t pages_max = 100;  // Meta keeps 6,000 templates at most
constexpr std::size_t page_bytes_max = 8UL * 1024 * 1024;

std::string trouble_of(const http::answer& got, const char* what) {
    if (got.result != http::call_result::answered) return std::string{what} + ": no answer from Meta";
    const auto judged = meta::judge({.status = got.status, .body = got.body});
    return std::string{what} + ": " +
           (judged.reason.empty() ? "status " + std::to_string(got.status) : judged.reason) +
           (judged.code != 0 ? " (" + std::to_string(judged.code) + ")" : "");
}

// Lives as long as its calls do.
struct reading : std::enable_shared_from_this<reading> {
    reading(
        http::client& by, meta::channel_settings settings, std::function<void(account_reading)> done
    )
        : client{by}, of{std::move(settings)}, told{std::move(done)} {
        found.channel = of.name;
        found.with_templates = !of.business_account_id.empty();
    }

    void ask_number() {
        client.start(
            call_of(meta::render_number_query(of)), [self = shared_from_this()](http::answer got) {
                const auto number = got.status == 200 ? meta::read_number_standing(got.body)
                                                      : std::nullopt;
                if (!number) return self->fail(trouble_of(got, "the number"));
                self->found.number = *number;
                if (self->of.business_account_id.empty()) return self->told(std::move(self->found));
                self->ask_page({}, 0);
            }
        );
    }
    void ask_page(const std::string& after, std::size_t pages) {
        auto call = call_of(meta::render_template_list(of, after));
        call.answer_bytes_max = page_bytes_max;
        client.start(std::move(call), [self = shared_from_this(), pages](http::answer got) {
            auto page = got.status == 200 ? meta::read_template_list(got.body) : std::nullopt;
            if (!page) return self->fail(trouble_of(got, "the templates"));
            std::ranges::move(page->templates, std::back_inserter(self->found.templates));
            if (page->next.empty()) return self->told(std::move(self->found));
            if (pages + 1 >= pages_max) return self->fail("the templates: pages without an end");
            self->ask_page(page->next, pages + 1);
        });
    }
    void fail(std::string why) {
        found.trouble = std::move(why);
        told(std::move(found));
    }

    http::client& client;
    meta::channel_settings of;
    std::function<void(account_reading)> told;
    account_reading found{};
};

}  // namespace

http::call call_of(adapters::outbound_request request) {
    return {
        .method = std::move(request.method),
        .url = std::move(request.url),
        .headers = std::move(request.headers),
        .body = std::move(request.body)};
}

void read_account(
    http::client& client,
    const meta::channel_settings& of,
    std::function<void(account_reading)> told
) {
    std::make_shared<reading>(client, of, std::move(told))->ask_number();
}

}  // namespace tertulia::gateway
