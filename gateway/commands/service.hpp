// The running gateway: every owner, built in the order they need one another and ended in reverse.
// It holds no rule; it connects those who do.

#pragma once

#include "gateway/accounts/account_watch.hpp"
#include "gateway/applications/application_desk.hpp"
#include "gateway/applications/portfolio_news.hpp"
#include "gateway/meetings/meeting_archive.hpp"
#include "gateway/meetings/meeting_desk.hpp"
#include "gateway/nudges/nudge_desk.hpp"
#include "gateway/referrals/referral_desk.hpp"
#include "gateway/commands/commands.hpp"
#include "gateway/channels/channel.hpp"
#include "gateway/commands/only_one.hpp"
#include "gateway/core_banking/core_banking.hpp"
#include "gateway/delivery/planner.hpp"
#include "gateway/delivery/read_marks.hpp"
#include "gateway/delivery/sender.hpp"
#include "gateway/documents/document_desk.hpp"
#include "gateway/documents/pin_desk.hpp"
#include "gateway/http/client.hpp"
#include "gateway/http/server.hpp"
#include "gateway/insight/metrics.hpp"
#include "gateway/media/media_library.hpp"
#include "gateway/portfolio/mirror.hpp"
#include "gateway/portfolio/staff_list.hpp"
#include "gateway/publishing/desk.hpp"
#include "gateway/reconcile/reconciler.hpp"
#include "gateway/received/fetcher.hpp"
#include "gateway/simulator/simulator.hpp"
#include "gateway/smpp/lines.hpp"
#include "gateway/store/sqlite/sqlite_store.hpp"
#include "gateway/turns/executor.hpp"
#include "gateway/turns/inbox.hpp"
#include "gateway/turns/script_library.hpp"
#include "gateway/uploads/uploader.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <thread>

namespace tertulia::gateway {

class service {
public:
    // Throws std::runtime_error if the database is another gateway's, or no scripts load.
    service(config settings, std::function<instant()> clock);
    ~service();
    service(const service&) = delete;
    service& operator=(const service&) = delete;

    void start();  // listens from here on

    // What the operator changed on disk: the certificate; dialogs and messages, which are published
    // to everybody. Mistakes are explained on standard error and what runs goes on as it was.
    void reload();

    // Two stages: no new connection and no new request, then what was accepted is finished, at most
    // until the deadline. What is not sent by then stays in the outbox for the next start.
    void stop(std::chrono::milliseconds deadline);

    [[nodiscard]] std::uint16_t port() const noexcept { return public_->port(); }
    [[nodiscard]] std::uint16_t admin_port() const noexcept { return admin_->port(); }

private:
    [[nodiscard]] std::vector<http::route> public_routes();
    [[nodiscard]] std::vector<http::route> admin_routes();
    [[nodiscard]] std::vector<http::route> health_routes();
    void add_media();  // what messages are shown with, as it lies in its folder now
    void replay_letters(const std::string& path, http::reply answer);
    void publish_files(const loaded& files);
    [[nodiscard]] sender make_sender();
    [[nodiscard]] uploader make_uploads();
    [[nodiscard]] carrier& carrier_of(const outbox_entry& entry) noexcept;
    void watch_accounts();
    [[nodiscard]] std::uint64_t turned_away() const;
    void copy_received(const received_ref& what, std::function<void(received_copy)> done);
    [[nodiscard]] std::unique_ptr<fetcher> make_fetcher();
    [[nodiscard]] std::string not_ready() const;  // which part is not; empty: all are

    config settings_;
    std::function<instant()> clock_;
    metrics counts_;
    only_one alone_;  // before the store is touched
    std::unique_ptr<sqlite_store> store_;
    std::unique_ptr<gateway::mirror> mirror_;
    staff_list staff_;
    script_library scripts_;
    publishing_desk publishing_;
    media_library media_;
    document_desk documents_;
    pin_desk pins_;
    channel_table channels_;
    planner planner_;
    account_watch accounts_;
    inbox inbox_;
    http::client client_;
    application_desk applications_;  // before core_, which tells it what became of its writes
    std::unique_ptr<core_banking> core_;
    portfolio_news news_;
    referral_desk referrals_;
    nudge_desk nudges_;
    meeting_archive minutes_;
    small_chats chats_;
    meeting_desk meetings_;
    sender sender_;
    uploader uploads_;
    smpp::lines lines_;
    read_marks read_marks_;
    std::unique_ptr<fetcher> fetcher_;
    executor executor_;
    poll_positions positions_;
    reconciler reconciler_;
    std::unique_ptr<simulator::desk> desk_;  // only with the simulator
    std::unique_ptr<http::server> public_;
    std::unique_ptr<http::server> admin_;
    std::thread writer_;
    std::atomic<bool> serving_{};
};

}  // namespace tertulia::gateway
