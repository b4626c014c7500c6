// A carrier before the sender: where a channel's provider keeps files, a message that shows one of
// ours, or one somebody sent us, waits until the provider has it, and then names it by its id. One upload of a file at a time,
// whoever waits for it; what is there is uploaded again when its time is nearly over, or when a
// message was refused for it.
//
// An upload that fails is reported as the failure of each message that waited: tried again after the
// planner's pause, a few times, and then final, so that the dialog says the text alone.
//
// Threads: send() from the writer thread, as of every carrier; the rest from any.

#pragma once

#include "dialogs/message/received_link.hpp"
#include "gateway/channels/channel.hpp"
#include "gateway/delivery/carrier.hpp"
#include "gateway/delivery/planner.hpp"
#include "gateway/delivery/sender.hpp"
#include "gateway/http/client.hpp"
#include "gateway/media/media_library.hpp"
#include "gateway/store/store.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway {

// What a link of ours begins with where nobody can fetch it: it must be uploaded.
inline constexpr std::string_view unserved_media = "media:";

// What a person sent us, on its way to another (dialogs/message/received_link.hpp).
struct received_copy {
    enum class is : std::uint8_t { here, not_yet, gone };
    is state{is::gone};
    std::string bytes{};
    std::string type{};
};

// All outlive the uploader; the client is finished before it ends.
struct uploader_parts {
    sender& by;
    http::client& client;
    const channel_table& channels;
    const media_library& files;
    sender::report report{};                                     // as the sender's
    std::function<void(std::vector<channel_fact>)> keep{};       // from any thread
    std::function<instant()> clock{};
    // Called on the writer thread; told on any.
    std::function<void(const received_ref&, std::function<void(received_copy)>)> received{};
    std::chrono::milliseconds deadline{60'000};  // of one upload: large files on slow lines
};

class uploader final : public carrier {
public:
    explicit uploader(uploader_parts parts);

    void send(std::shared_ptr<const outbox_entry> entry) override;
    [[nodiscard]] std::size_t in_flight() const noexcept override;  // those that wait for a file

    // At start, with everything the store has.
    void restore(std::span<const channel_fact> kept);

    // What a message's answer means: one refused for its file goes once more, with a fresh upload.
    [[nodiscard]] adapters::verdict seen(const outbox_entry& entry, adapters::verdict answer);
    // A status says so later: the message is lost, but the next will upload the file anew.
    void failed_later(std::string_view channel, std::int64_t outbox_id, int code);

private:
    struct shared;
    std::shared_ptr<shared> self_;  // an upload under way may end after it
};

}  // namespace tertulia::gateway
