#include "gateway/uploads/uploader.hpp"

#include "gateway/channels/file_uploads.hpp"
#include "gateway/uploads/upload_table.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <atomic>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

namespace tertulia::gateway {
namespace {

// More would keep her waiting for the text, too.
constexpr int tries_max = 2;
constexpr int tries_for_received = 4;  // what comes after it to the same person waits, too
constexpr std::size_t sent_max = 10'000;
// What a call without an answer counts as: nothing was shown to anybody, so it may be repeated.
constexpr unsigned no_answer = 504;

using entry_ptr = std::shared_ptr<const outbox_entry>;

// "HASH/NAME" of a file of ours; empty: it shows none, or one that has its id already.
std::string_view path_of(const outbox_entry& entry) {
    const auto* media = std::get_if<say_media>(&entry.message.content);
    if (media == nullptr || !media->media_id.empty()) return {};
    const std::string_view link = media->link;
    const auto name = link.rfind('/');
    if (name == std::string_view::npos || name == 0) return {};
    const auto hash = link.rfind('/', name - 1);
    return hash == std::string_view::npos ? std::string_view{} : link.substr(hash + 1);
}

bool is_unserved(const outbox_entry& entry) {
    return std::get<say_media>(entry.message.content).link.starts_with(unserved_media);
}

entry_ptr with_id(const entry_ptr& entry, std::string id) {
    auto named = std::make_shared<outbox_entry>(*entry);
    std::get<say_media>(named->message.content).media_id = std::move(id);
    return named;
}

std::string hash_in(std::string_view path) {
    return std::string{path.substr(0, path.find('/'))};
}

}  // namespace

struct uploader::shared : std::enable_shared_from_this<uploader::shared> {
    uploader_parts parts;
    std::mutex mutex{};
    upload_table known{};
    std::map<upload_key, std::vector<entry_ptr>> waiting{};  // of uploads under way
    struct sent_file {
        upload_key file{};
        std::string id{};
    };
    std::map<std::int64_t, sent_file> sent{};  // by outbox id, the last sent_max
    std::deque<std::int64_t> sent_order{};
    std::atomic<std::size_t> waiting_count{};

    explicit shared(uploader_parts of) : parts{std::move(of)} {}

    void pass_on(const entry_ptr& entry, const upload_key& file, std::string id) {
        {
            const std::scoped_lock lock{mutex};
            sent.insert_or_assign(entry->id, sent_file{.file = file, .id = id});
            sent_order.push_back(entry->id);
            if (sent_order.size() > sent_max) {
                sent.erase(sent_order.front());
                sent_order.pop_front();
            }
        }
        parts.by.send(with_id(entry, std::move(id)));
    }

    // False: it went on, or waits for one that is under way; else the upload is the caller's to begin.
    bool waits_for(const upload_key& file, const entry_ptr& entry) {
        std::optional<std::string> id;
        bool begins = false;
        {
            const std::scoped_lock lock{mutex};
            id = known.id_of(file, parts.clock());
            if (!id) {
                auto& all = waiting[file];
                begins = all.empty();
                all.push_back(entry);
                ++waiting_count;
            }
        }
        if (id) pass_on(entry, file, std::move(*id));
        return begins;
    }

    void fail(const upload_key& file, const call_outcome& how) {
        for (const auto& entry : take_waiting(file)) {
            parts.report(entry->id, how);
            --waiting_count;
        }
    }

    std::vector<entry_ptr> take_waiting(const upload_key& file) {
        const std::scoped_lock lock{mutex};
        auto found = waiting.extract(file);
        return found ? std::move(found.mapped()) : std::vector<entry_ptr>{};
    }

    void forget(const upload_key& file, std::string_view id) {
        std::optional<channel_fact> gone;
        {
            const std::scoped_lock lock{mutex};
            gone = known.forget(file, id, parts.clock());
        }
        if (gone) parts.keep({std::move(*gone)});
    }

    void upload(
        const upload_key& file, const file_uploads& with, std::string_view bytes,
        std::string_view type, std::string_view name
    ) {
        auto request = with.render_upload(bytes, type, name);
        http::call call{
            .method = std::move(request.method),
            .url = std::move(request.url),
            .headers = std::move(request.headers),
            .body = std::move(request.body),
            .deadline = parts.deadline};
        parts.client.start(
            std::move(call),
            [self = shared_from_this(), file, &with](http::answer answer) {
                self->ended(file, with, answer);
            }
        );
    }

    void ended(const upload_key& file, const file_uploads& with, const http::answer& answer) {
        call_outcome how{.ended = call_outcome::how::answered, .http_status = answer.status};
        switch (answer.result) {
            case http::call_result::answered:
                how.verdict = with.judge_upload(
                    {.status = answer.status,
                     .body = answer.body,
                     .retry_after = answer.retry_after}
                );
                break;
            case http::call_result::not_sent:
                how.ended = call_outcome::how::not_sent;
                break;
            case http::call_result::unknown:
                how.http_status = no_answer;
                how.verdict = {
                    .reaction = adapters::reaction::retry,
                    .reason = "a file's upload got no answer"};
                break;
        }
        const bool there = how.ended == call_outcome::how::answered &&
                           how.verdict.reaction == adapters::reaction::accepted;
        if (how.verdict.reaction == adapters::reaction::retry) {
            const int most = how.verdict.tries_max;
            how.verdict.tries_max = most == 0 ? tries_max : std::min(most, tries_max);
        }
        if (!there) {
            spdlog::warn(
                "channel {}: a file was not taken: {}", file.channel,
                answer.result == http::call_result::not_sent ? "no connection" : how.verdict.reason
            );
            return fail(file, how);
        }
        std::vector<entry_ptr> all;
        channel_fact fact;
        {
            // Together: who comes between them finds the id.
            const std::scoped_lock lock{mutex};
            if (auto found = waiting.extract(file)) all = std::move(found.mapped());
            fact = known.keep(file, how.verdict.provider_id, parts.clock(), with.upload_lives());
        }
        // What a person sent is known to no table but her own.
        if (!read_received_link(file.hash)) parts.keep({std::move(fact)});
        for (const auto& entry : all) {
            pass_on(entry, file, how.verdict.provider_id);
            --waiting_count;
        }
    }
};

namespace {

// It was not fetched yet: a second or two after its sender was heard.
call_outcome not_here_yet() {
    call_outcome out{.ended = call_outcome::how::answered};  // no fault of the provider's
    out.verdict = {
        .reaction = adapters::reaction::retry,
        .reason = "what she sent is still being fetched",
        .tries_max = tries_for_received};
    return out;
}

call_outcome not_there() {
    call_outcome out{.ended = call_outcome::how::unrenderable};
    out.verdict.reason = "the file it shows is not there any more";
    return out;
}

}  // namespace

uploader::uploader(uploader_parts parts) : self_{std::make_shared<shared>(std::move(parts))} {}

std::size_t uploader::in_flight() const noexcept { return self_->waiting_count; }

void uploader::send(entry_ptr entry) {
    const auto* media = std::get_if<say_media>(&entry->message.content);
    const auto* to = self_->parts.channels.find(entry->message.to.channel);
    const auto* with = to == nullptr ? nullptr : to->uploads();
    if (const auto hers = media == nullptr ? std::nullopt : read_received_link(media->link)) {
        if (with == nullptr) return self_->parts.report(entry->id, not_there());
        const upload_key file{.channel = to->name(), .hash = media->link};
        if (!self_->waits_for(file, entry)) return;
        return self_->parts.received(*hers, [self = self_, file, with](received_copy copy) {
            if (copy.state == received_copy::is::here) {
                self->upload(file, *with, copy.bytes, copy.type, {});
            } else {
                const bool later = copy.state == received_copy::is::not_yet;
                self->fail(file, later ? not_here_yet() : not_there());
            }
        });
    }
    const auto path = path_of(*entry);
    if (path.empty() || with == nullptr) return self_->parts.by.send(std::move(entry));
    const auto content = self_->parts.files.find(path);
    if (!content) {
        if (!is_unserved(*entry)) return self_->parts.by.send(std::move(entry));  // not ours
        return self_->parts.report(entry->id, not_there());
    }
    const upload_key file{.channel = to->name(), .hash = hash_in(path)};
    if (!self_->waits_for(file, entry)) return;
    self_->upload(file, *with, content->bytes, content->is.type, content->is.name);
}

void uploader::restore(std::span<const channel_fact> kept) {
    std::vector<channel_fact> gone;
    {
        const std::scoped_lock lock{self_->mutex};
        gone = self_->known.restore(kept, self_->parts.clock());
    }
    if (!gone.empty()) self_->parts.keep(std::move(gone));
}

adapters::verdict uploader::seen(const outbox_entry& entry, adapters::verdict answer) {
    const auto* media = std::get_if<say_media>(&entry.message.content);
    const auto* on = self_->parts.channels.find(entry.message.to.channel);
    const auto* with = on == nullptr ? nullptr : on->uploads();
    if (media == nullptr || media->media_id.empty() || with == nullptr ||
        !with->blames_file(answer.code)) {
        return answer;
    }
    failed_later(on->name(), entry.id, answer.code);
    answer.reaction = adapters::reaction::retry;
    answer.tries_max = 1;
    return answer;
}

void uploader::failed_later(std::string_view channel, std::int64_t outbox_id, int code) {
    const auto* on = self_->parts.channels.find(channel);
    const auto* with = on == nullptr ? nullptr : on->uploads();
    if (with == nullptr || !with->blames_file(code)) return;
    shared::sent_file file;
    {
        const std::scoped_lock lock{self_->mutex};
        const auto found = self_->sent.find(outbox_id);
        if (found == self_->sent.end()) return;
        file = found->second;
    }
    self_->forget(file.file, file.id);
}

}  // namespace tertulia::gateway
