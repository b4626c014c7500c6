#include "gateway/commands/service.hpp"

#include "adapters/whatsapp_cloud/whatsapp_cloud.hpp"
#include "gateway/commands/application_routes.hpp"
#include "gateway/commands/block_routes.hpp"
#include "gateway/commands/campaign_routes.hpp"
#include "gateway/commands/case_routes.hpp"
#include "gateway/commands/channel_parts.hpp"
#include "gateway/commands/channel_routes.hpp"
#include "gateway/commands/conversation_routes.hpp"
#include "gateway/commands/declared_templates.hpp"
#include "gateway/commands/demo_templates.hpp"
#include "gateway/commands/desk_banks.hpp"
#include "gateway/commands/document_route.hpp"
#include "gateway/commands/feedback_routes.hpp"
#include "gateway/commands/group_routes.hpp"
#include "gateway/commands/media_route.hpp"
#include "gateway/commands/person_routes.hpp"
#include "gateway/commands/pin_route.hpp"
#include "gateway/commands/received_routes.hpp"
#include "gateway/commands/referral_routes.hpp"
#include "gateway/commands/meeting_routes.hpp"
#include "gateway/commands/nudge_routes.hpp"
#include "gateway/commands/script_routes.hpp"
#include "gateway/commands/scripts_at_start.hpp"
#include "gateway/portfolio/demo_generator.hpp"
#include "gateway/portfolio/pins.hpp"
#include "gateway/portfolio/sqlite_mirror.hpp"
#include "gateway/simulator/simulator.hpp"
#include "gateway/webhooks/caller_gate.hpp"

#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>

namespace tertulia::gateway {
namespace {

namespace whatsapp = adapters::whatsapp_cloud;
using namespace std::chrono_literals;

constexpr std::size_t inbox_weight_max = 40'000;  // about two seconds of work
constexpr std::size_t letters_listed_max = 1'000;

std::vector<channel_limits> limits_of_all(const std::vector<channel_config>& channels) {
    std::vector<channel_limits> out;
    std::ranges::transform(channels, std::back_inserter(out), limits_of);
    return out;
}

// So many that answers to people who wait always find room: four fifths of what the slowest carries.
constexpr double rate_of_its_own = 1000;  // where no channel has a limit
std::size_t nudges_a_second(const std::vector<channel_config>& channels) {
    double least = rate_of_its_own;
    for (const auto& one : channels) {
        if (one.limit.per_second > 0) least = std::min(least, one.limit.per_second);
    }
    return static_cast<std::size_t>(std::max(1.0, least * 0.8));
}

std::vector<adapters::smpp::channel_settings> smpp_channels(const config& from) {
    std::vector<adapters::smpp::channel_settings> found;
    for (const auto& one : from.channels) {
        if (const auto* smpp = std::get_if<adapters::smpp::channel_settings>(&one.provider)) {
            found.push_back(*smpp);
        }
    }
    return found;
}

http::response json_response(unsigned status, const nlohmann::json& body) {
    return {.status = status, .content_type = "application/json", .body = body.dump()};
}

// Whose accounts are Meta's own.
std::vector<std::string> whatsapp_names(const std::vector<channel_config>& channels) {
    std::vector<std::string> names;
    for (const auto& one : channels) {
        if (std::holds_alternative<whatsapp::channel_settings>(one.provider)) {
            names.push_back(one.name);
        }
    }
    return names;
}

// Whose stand-in the simulator is; nullptr: nobody's.
const whatsapp::channel_settings* first_whatsapp(const config& from) {
    for (const auto& one : from.channels) {
        if (const auto* found = std::get_if<whatsapp::channel_settings>(&one.provider)) return found;
    }
    return nullptr;
}

// The first channel whose SMS go to the simulator; a real Twilio's are none of its business.
std::optional<simulator::desk_sms> sms_of(const config& from, const std::string& base) {
    for (const auto& one : from.channels) {
        const auto* found = std::get_if<adapters::twilio::channel_settings>(&one.provider);
        if (found == nullptr || found->kind != channel_kind::sms) continue;
        if (found->api_base != base + std::string{simulator::desk_sms::api_prefix}) continue;
        return simulator::desk_sms{
            .account = {
                .account_sid = found->account_sid,
                .auth_token = found->auth_tokens.front(),
                .number = found->from,
            },
            .webhook_url = found->public_url + "/webhooks/" + found->name,
        };
    }
    return std::nullopt;
}

// The demo's phones, on the desk of whoever tries Tertulia out.
std::unique_ptr<simulator::desk> make_desk(
    const config& from,
    http::client& client,
    const script_library& scripts,
    simulator::desk_banks banks,
    const std::function<instant()>& clock
) {
    if (!from.simulator || first_whatsapp(from) == nullptr) return nullptr;
    const auto& channel = *first_whatsapp(from);
    const auto base = "http://" + from.server.listen;
    simulator::simulator_settings settings{
        .number = {
            .phone_number_id = channel.phone_number_id,
            .access_token = channel.access_token,
            .app_secret = channel.app_secrets.front(),
        },
        .sms = sms_of(from, base),
        .webhook_url = base + "/webhooks/" + channel.name,
        .base_url = base,
        .people = [] {
            std::vector<simulator::desk_person> people;
            for (const auto& one : demo_people()) {
                people.push_back({
                    .name = one.name,
                    .phone = one.phone,
                    .language = one.language,
                    .note = one.note,
                    .pin_hint = one.pin.empty() ? "" : "PIN " + one.pin,
                });
            }
            return people;
        },
        .places = {
            {"Mercado La Terminal", "Zona 4, Guatemala", 14.6186, -90.5183},
            {"Parque Central", "Zona 1, Guatemala", 14.6425, -90.5133},
            {"Mercado de Villa Nueva", "Villa Nueva", 14.5266, -90.5878},
        },
        .banks = std::move(banks),
        .approved =
            [&scripts](std::string_view name, std::string_view language) {
                return template_of_our_own(*scripts.current(), name, language);
            },
        .clock = clock,
    };
    return std::make_unique<simulator::desk>(std::move(settings), client);
}

std::unique_ptr<sqlite_store> open_store(const config& from) {
    return std::make_unique<sqlite_store>(sqlite_settings{
        .path = from.store.sqlite_file.string(),
        .cache_bytes = static_cast<std::int64_t>(from.store.cache_mib) * 1024 * 1024,
        .keep = from.store.keep,
    });
}

std::unique_ptr<mirror> open_mirror(const config& from) {
    return std::make_unique<sqlite_mirror>(
        from.store.sqlite_file.string(),
        mirror_settings{
            .stale_after = from.core_banking.stale_after, .down_after = from.core_banking.down_after});
}

std::unique_ptr<core_banking> open_core_banking(
    const config& from,
    http::client& client,
    const std::function<instant()>& clock,
    std::function<void(core_settled)> settled
) {
    const auto& house = from.institution;
    return make_core_banking(
        from.core_banking,
        {.database = from.store.sqlite_file.string(),
         .time_zone = house.time_zone,
         .country = house.country,
         .language = house.languages.empty() ? language_tag{"es"} : house.languages.front(),
         .client = client,
         .clock = clock,
         .settled = std::move(settled)}
    );
}

dialogs::local_calendar calendar_of(const config& from) {
    auto made = dialogs::local_calendar::make(from.institution.time_zone);
    if (!made) throw std::runtime_error{"there is no time zone " + from.institution.time_zone};
    return std::move(*made);
}

http::response core_banking_report(const core_health& of) {
    return json_response(
        200,
        {{"type", of.type},
         {"well", of.well},
         {"trouble", of.trouble},
         {"round_thousandths", of.thousandths},
         {"as_of", of.as_of == instant{} ? nlohmann::json{} : nlohmann::json(to_millis(of.as_of))},
         {"broken", of.broken}}
    );
}

}  // namespace

service::service(config settings, std::function<instant()> clock)
    : settings_{std::move(settings)},
      clock_{std::move(clock)},
      alone_{settings_.store.sqlite_file},
      store_{open_store(settings_)},
      mirror_{open_mirror(settings_)},
      staff_{*mirror_, settings_.colleagues},
      scripts_{*store_, scripts_at_start(*store_, settings_), settings_.staff},
      publishing_{*store_, &scripts_, settings_.staff},
      channels_{settings_.channels},
      planner_{limits_of_all(settings_.channels), static_cast<std::uint64_t>(to_millis(clock_()))},
      accounts_{planner_, counts_, whatsapp_names(settings_.channels)},
      inbox_{inbox_weight_max},
      client_{http::client_settings{}},
      applications_{store_->applications(), inbox_, calendar_of(settings_), clock_},
      core_{open_core_banking(
          settings_, client_, clock_,
          [this](core_settled what) {
              if (!meetings_.settled(what.key)) applications_.settled(std::move(what));
          }
      )},
      news_{settings_.store.sqlite_file.string(), inbox_, 1s},
      referrals_{
          settings_.store.sqlite_file.string(), store_->referrals(), inbox_, 1s,
          calendar_of(settings_), clock_
      },
      nudges_{nudge_desk_parts{
          .database = settings_.store.sqlite_file.string(),
          .to = inbox_,
          .scripts = [this] { return scripts_.current(); },
          .look_every = 1s,
          .a_second = nudges_a_second(settings_.channels),
          .crowded = [this] { return planner_.crowded(); },
          .calendar = calendar_of(settings_),
          .clock = clock_,
      }},
      minutes_{
          settings_.institution, calendar_of(settings_), [this] { return scripts_.current(); }},
      chats_{settings_.channels, client_, clock_},
      meetings_{meeting_desk_parts{
          .database = settings_.store.sqlite_file.string(),
          .ledger = store_->meetings(),
          .to = inbox_,
          .scripts = [this] { return scripts_.current(); },
          .staff = [this] { return *staff_.now(); },
          .calendar = calendar_of(settings_),
          .house = settings_.institution,
          .clock = clock_,
          .look_every = 2s,
          .archive = minutes_,
          .propose = [this](core_proposal what) { core_->propose(std::move(what)); },
          .voice_note = {},
          .chats = &chats_,
          .known_chats = [this]() -> const chats_known* {
              const auto* book = accounts_.groups(chats_.channel());
              return book == nullptr ? nullptr : &book->groups();
          },
      }},
      sender_{make_sender()},
      uploads_{make_uploads()},
      lines_{
          smpp_channels(settings_), inbox_, counts_, clock_,
          static_cast<std::uint64_t>(to_millis(clock_()))},
      read_marks_{
          client_,
          [this](const std::string& name, const std::string& message_id)
              -> std::optional<adapters::outbound_request> {
              const auto* on = channels_.find(name);
              return on == nullptr ? std::nullopt : on->read_mark(message_id);
          }},
      fetcher_{make_fetcher()},
      executor_{executor_parts{
          .incoming = inbox_,
          .store = *store_,
          .mirror = *mirror_,
          .scripts = scripts_,
          .planner = planner_,
          .counts = counts_,
          .clock = clock_,
          .accounts = &accounts_,
          .send = [this](std::shared_ptr<const outbox_entry> entry) {
              entry = with_pin_link(
                  std::move(entry), link_base(settings_.institution.media_base), pins_, clock_()
              );
              carrier_of(*entry).send(std::move(entry));
          },
          .split = [this](outbound_message what) { return channels_.split(std::move(what)); },
          .answering =
              [this](const inbound_message& heard) { read_marks_.read(heard.channel, heard.id); },
          .media_came = [this] { fetcher_->poke(); },
          .reaction_to =
              [this](std::string_view channel, int code) {
                  const auto* on = channels_.find(channel);
                  return on == nullptr ? adapters::verdict{} : on->reaction_to(code);
              },
          .failed =
              [this](std::string_view channel, std::int64_t outbox_id, int code) {
                  uploads_.failed_later(channel, outbox_id, code);
              },
          .staff = [this] { return staff_.now(); },
          .application_came = [this] { applications_.poke(); },
          .referrals = &store_->referrals(),
          .referral_came = [this] { referrals_.poke(); },
          .meeting_news = [this] { meetings_.poke(); },
          .pin_matches = pin_matches,
      }},
      positions_{settings_.store.sqlite_file.string()},
      reconciler_{reconciler_parts{
          .incoming = inbox_,
          .client = client_,
          .planner = planner_,
          .positions = positions_,
          .counts = counts_,
          .clock = clock_,
          .turned_away = [this] { return turned_away(); },
      }} {
    watch_accounts();
    for (const auto& one : settings_.channels) {
        reconciler_.add(*channels_.find(one.name), one.reconcile);
    }
    add_media();
    desk_ = make_desk(
        settings_, client_, scripts_,
        banks_of_portfolio(
            {.database = settings_.store.sqlite_file.string(),
             .calendar = calendar_of(settings_),
             .house = settings_.institution,
             .colleagues = settings_.colleagues,
             .clock = clock_,
             .incoming = inbox_,
             .ledger = store_->meetings()}
        ),
        clock_
    );
    const auto& server = settings_.server;
    public_ = std::make_unique<http::server>(
        http::server_settings{
            .listen = server.listen,
            .tls = {server.tls_certificate, server.tls_key},
            .io_threads = server.io_threads,
        },
        public_routes()
    );
    admin_ = std::make_unique<http::server>(
        http::server_settings{.listen = server.admin, .connections_max = 64}, admin_routes()
    );
}

service::~service() {
    if (writer_.joinable()) stop(0ms);
}

carrier& service::carrier_of(const outbox_entry& entry) noexcept {
    if (lines_.has(entry.message.to.channel)) return lines_;
    return uploads_;
}

uploader service::make_uploads() {
    return uploader{{
        .by = sender_,
        .client = client_,
        .channels = channels_,
        .files = media_,
        .report =
            [this](std::int64_t outbox_id, call_outcome ended) {
                inbox_.add(send_result{outbox_id, std::move(ended)});
            },
        .keep =
            [this](std::vector<channel_fact> facts) {
                inbox_.add(errand{[facts = std::move(facts)](store& to) {
                    batch kept;
                    kept.channel_facts = facts;
                    to.commit(kept);
                }});
            },
        .clock = clock_,
        .received =
            [this](const received_ref& what, std::function<void(received_copy)> done) {
                copy_received(what, std::move(done));
            },
    }};
}

void service::copy_received(const received_ref& what, std::function<void(received_copy)> done) {
    auto found = store_->received().find_sent(what.by, what.media_id);
    if (found && found->state == media_state::waiting) {
        return done({.state = received_copy::is::not_yet});
    }
    if (!found || found->state != media_state::kept) return done({});
    auto type = found->type;
    // Once for both: a fetcher that has ended tells nobody.
    auto tell = std::make_shared<std::function<void(received_copy)>>(std::move(done));
    const bool asked = fetcher_->read(
        std::move(*found), [tell, type = std::move(type)](std::optional<std::string> bytes) {
            if (!bytes) return (*tell)({});
            (*tell)({.state = received_copy::is::here, .bytes = std::move(*bytes), .type = type});
        }
    );
    if (!asked) (*tell)({.state = received_copy::is::not_yet});
}

std::unique_ptr<fetcher> service::make_fetcher() {
    const auto& how = settings_.received;
    return std::make_unique<fetcher>(
        fetcher_settings{
            .folder = how.folder,
            .keep = how.keep,
            .bytes_max = how.largest_mb * 1024 * 1024},
        store_->received(),
        inbox_,
        client_,
        channels_,
        counts_,
        clock_
    );
}

sender service::make_sender() {
    return sender{
        client_,
        [this](const outbox_entry& entry) -> boost::system::result<adapters::outbound_request> {
            const auto* to = channels_.find(entry.message.to.channel);
            if (to == nullptr) return whatsapp::make_error_code(whatsapp::errc::bad_recipient);
            return to->by_http()->render(with_document(
                entry.message, entry.party.value, settings_.institution.media_base, documents_,
                clock_()
            ));
        },
        [this](const outbox_entry& entry, const adapters::provider_response& answer) {
            const auto* to = channels_.find(entry.message.to.channel);
            return uploads_.seen(entry, to->by_http()->judge(answer));
        },
        [this](std::int64_t outbox_id, call_outcome ended) {
            inbox_.add(send_result{outbox_id, std::move(ended)});
        },
    };
}

void service::watch_accounts() {
    const auto kept = store_->channel_facts();
    accounts_.restore(kept, clock_());
    uploads_.restore(kept);
    const auto ask = [this](const std::string& channel) {
        for (const auto& one : settings_.channels) {
            const auto* meta = std::get_if<whatsapp::channel_settings>(&one.provider);
            if (meta == nullptr || meta->name != channel) continue;
            read_account(client_, *meta, [this](account_reading read) {
                inbox_.add(errand{[this, read = std::move(read)](store&) {
                    accounts_.learn(read, clock_());
                }});
            });
        }
    };
    accounts_.ask_with(ask, [this] { return declared_templates(*scripts_.current()); });
}

// Callbacks that met no room: the queue's, or the server's.
std::uint64_t service::turned_away() const {
    return static_cast<std::uint64_t>(counts_.refused_full.Value()) +
           public_->counters().connections_refused;
}

void service::start() {
    reconciler_.start();
    writer_ = std::thread{[this] { executor_.run(); }};
    fetcher_->start();
    applications_.start(*core_);
    core_->start();
    news_.start();
    referrals_.start();
    nudges_.start();
    meetings_.start();
    serving_ = true;
    admin_->start();
    public_->start();
    lines_.start();
    spdlog::info(
        "serving {} on port {}, admin on port {}, scripts {}", settings_.institution.name,
        port(), admin_port(), scripts_.current()->version().substr(0, 8)
    );
}

void service::stop(std::chrono::milliseconds deadline) {
    const auto until = std::chrono::steady_clock::now() + deadline;
    serving_ = false;
    public_->stop_accepting();
    lines_.stop_accepting();
    reconciler_.stop(std::min<std::chrono::milliseconds>(deadline, 5s));
    fetcher_->stop();
    news_.stop();
    referrals_.stop();
    nudges_.stop();
    meetings_.stop();
    core_->stop_soon();
    // The writer goes on while accepted requests and calls under way end.
    while (std::chrono::steady_clock::now() < until &&
           (inbox_.weight() > 0 || uploads_.in_flight() > 0 || sender_.in_flight() > 0 ||
            lines_.in_flight() > 0)) {
        std::this_thread::sleep_for(10ms);
    }
    inbox_.close();
    if (writer_.joinable()) writer_.join();
    lines_.finish(6s);  // an SMSC has five to answer our goodbye
    public_->finish(1s);
    admin_->stop_accepting();
    admin_->finish(100ms);
    client_.finish(1s);
    core_->stop();  // whose calls the client has just ended
}

void service::add_media() {
    std::vector<dialogs::diagnostic> told;  // by the check, already
    media_.add(read_media_folder(settings_.media, told));
}

void service::reload() {
    if (auto trouble = public_->reload_tls(); !trouble.empty()) {
        spdlog::error("the certificate stays as it was: {}", trouble);
    }
    auto fresh = load_or_explain(settings_.file);
    if (!fresh) {
        spdlog::error("what changed does not load; what ran goes on");
        return;
    }
    add_media();  // first: the new messages may show them at once
    auto all = std::make_shared<loaded>(std::move(*fresh));
    inbox_.add(errand{[this, all](store&) { publish_files(*all); }});
}

void service::publish_files(const loaded& files) {
    try {
        publishing_.staff(files.settings.staff);
        const auto answer = publishing_.publish(
            {.author = "SIGHUP",
             .reason = "the files were read again",
             .sources = files.sources,
             .scripts = files.scripts},
            clock_()
        );
        if (answer.status >= 300) {
            spdlog::warn("{}", nlohmann::json::parse(answer.body).value("title", ""));
        }
    } catch (const std::exception& trouble) {
        spdlog::error("what changed was not published: {}", trouble.what());
    }
}

std::string service::not_ready() const {
    if (!serving_) return "stopping";
    if (!executor_.store_well()) return "store: the last commit failed";
    return {};
}

std::vector<http::route> service::public_routes() {
    std::vector<http::route> routes;
    const endpoint_parts parts{.to = inbox_, .counts = counts_, .clock = clock_};
    for (const auto& one : settings_.channels) {
        caller_rules rules{
            .channel = one.name,
            .allowed = http::address_ranges{one.allow_from},
            .trusted_proxies = http::address_ranges{settings_.server.trusted_proxies}};
        auto own = channels_.find(one.name)->routes(parts);
        std::ranges::move(
            behind_gate(std::move(own), std::move(rules), counts_), std::back_inserter(routes)
        );
    }
    std::ranges::move(core_->routes(), std::back_inserter(routes));
    std::ranges::move(health_routes(), std::back_inserter(routes));
    routes.push_back(media_route(media_));
    routes.push_back(document_route(
        {.desk = documents_,
         .incoming = inbox_,
         .store = *store_,
         .scripts = scripts_,
         .database = settings_.store.sqlite_file.string(),
         .clock = clock_}
    ));
    std::ranges::move(
        pin_routes(
            {.desk = pins_,
             .incoming = inbox_,
             .scripts = scripts_,
             .database = settings_.store.sqlite_file.string(),
             .clock = clock_}
        ),
        std::back_inserter(routes)
    );
    if (desk_) {
        std::ranges::move(desk_->routes(), std::back_inserter(routes));
    }
    return routes;
}

std::vector<http::route> service::health_routes() {
    return {
        {.method = "GET",
         .path = "/healthz",
         .handle = [](const http::request&, http::reply answer) {
             std::move(answer).send({.body = "alive\n"});
         }},
        {.method = "GET",
         .path = "/readyz",
         .handle = [this](const http::request&, http::reply answer) {
             const auto trouble = not_ready();
             counts_.ready.Set(trouble.empty() ? 1 : 0);
             std::move(answer).send(
                 trouble.empty() ? http::response{.body = "ready\n"}
                                 : http::problem(503, "not-ready", "Not ready", trouble)
             );
         }},
    };
}

// Dead letters are read on the writer thread, which owns the store.
std::vector<http::route> service::admin_routes() {
    auto routes = health_routes();
    std::ranges::move(conversation_routes(inbox_), std::back_inserter(routes));
    std::ranges::move(
        case_routes(
            {.incoming = inbox_, .token = settings_.server.admin_token, .clock = clock_}
        ),
        std::back_inserter(routes)
    );
    std::ranges::move(
        person_routes(
            {.incoming = inbox_,
             .store = *store_,
             .database = settings_.store.sqlite_file.string(),
             .token = settings_.server.admin_token,
             .clock = clock_}
        ),
        std::back_inserter(routes)
    );
    std::ranges::move(
        channel_routes(
            {.incoming = inbox_,
             .plan = planner_,
             .accounts = accounts_,
             .channels = settings_.channels,
             .clock = clock_}
        ),
        std::back_inserter(routes)
    );
    std::ranges::move(
        block_routes(
            {.incoming = inbox_,
             .accounts = accounts_,
             .client = client_,
             .by = first_whatsapp(settings_),
             .clock = clock_}
        ),
        std::back_inserter(routes)
    );
    std::ranges::move(
        received_routes(
            {.incoming = inbox_,
             .ledger = store_->received(),
             .files = *fetcher_,
             .token = settings_.server.admin_token}
        ),
        std::back_inserter(routes)
    );
    std::ranges::move(
        application_routes(
            {.incoming = inbox_,
             .store = *store_,
             .database = settings_.store.sqlite_file.string(),
             .token = settings_.server.admin_token}
        ),
        std::back_inserter(routes)
    );
    const nudge_route_parts of_nudges{
        .database = settings_.store.sqlite_file.string(),
        .time_zone = settings_.institution.time_zone,
        .scripts = [this] { return scripts_.current(); },
        .clock = clock_,
        .token = settings_.server.admin_token,
        .settings = &settings_};
    std::ranges::move(nudge_routes(of_nudges), std::back_inserter(routes));
    std::ranges::move(campaign_routes(of_nudges), std::back_inserter(routes));
    std::ranges::move(
        feedback_routes({.incoming = inbox_, .store = *store_, .of_nudges = of_nudges}),
        std::back_inserter(routes)
    );
    std::ranges::move(
        referral_routes(
            {.incoming = inbox_,
             .ledger = store_->referrals(),
             .token = settings_.server.admin_token,
             .calendar = calendar_of(settings_),
             .clock = clock_,
             .paid = [this] { referrals_.poke(); }}
        ),
        std::back_inserter(routes)
    );
    std::ranges::move(
        meeting_routes(
            {.incoming = inbox_,
             .ledger = store_->meetings(),
             .desk = meetings_,
             .token = settings_.server.admin_token,
             .calendar = calendar_of(settings_),
             .clock = clock_,
             .archive = minutes_}
        ),
        std::back_inserter(routes)
    );
    std::ranges::move(
        group_routes(
            {.channels = settings_.channels,
             .client = client_,
             .admin_token = settings_.server.admin_token,
             .book =
                 [this](std::string channel, std::function<void(group_book*)> with) {
                     inbox_.add(errand{
                         [this, channel = std::move(channel), with = std::move(with)](store&) {
                             with(accounts_.groups(channel));
                         }});
                 },
             .clock = clock_}
        ),
        std::back_inserter(routes)
    );
    routes.push_back({
        .method = "GET",
        .path = "/metrics",
        .handle = [this](const http::request&, http::reply answer) {
            std::move(answer).send({
                .content_type = "text/plain; version=0.0.4; charset=utf-8",
                .body = counts_.text(),
            });
        },
    });
    std::ranges::move(
        script_routes({
            .incoming = inbox_,
            .desk = publishing_,
            .token = settings_.server.admin_token,
            .config_again = [file = settings_.file] { return load_config_or_explain(file); },
            .clock = clock_,
        }),
        std::back_inserter(routes)
    );
    routes.push_back({
        .method = "GET",
        .path = "/api/v1/core-banking",
        .handle = [this](const http::request&, http::reply answer) {
            std::move(answer).send(core_banking_report(core_->health()));
        },
    });
    routes.push_back({
        .method = "GET",
        .path = "/api/v1/dead-letters",
        .handle = [this](const http::request&, http::reply answer) {
            auto shared = std::make_shared<http::reply>(std::move(answer));
            inbox_.add(errand{[shared](store& from) {
                auto list = nlohmann::json::array();
                for (const auto& one : from.dead_letters(letters_listed_max)) {
                    list.push_back({
                        {"id", one.id},
                        {"at", to_millis(one.at)},
                        {"party", one.party.value},
                        {"reason", one.reason},
                    });
                }
                std::move(*shared).send(json_response(200, {{"dead_letters", list}}));
            }});
        },
    });
    routes.push_back({
        .method = "POST",
        .path = "/api/v1/dead-letters/*",
        .handle = [this](const http::request& request, http::reply answer) {
            replay_letters(std::string{request.path}, std::move(answer));
        },
    });
    return routes;
}

// POST …/replay: all; POST …/{id}/replay: that one.
void service::replay_letters(const std::string& path, http::reply answer) {
    constexpr std::string_view prefix = "/api/v1/dead-letters/";
    auto rest = path.substr(prefix.size());
    auto shared = std::make_shared<http::reply>(std::move(answer));
    inbox_.add(errand{[this, rest = std::move(rest), shared](store& from) {
        std::size_t count = 0;
        for (auto& one : from.dead_letters(letters_listed_max)) {
            if (rest != "replay" && rest != std::to_string(one.id) + "/replay") continue;
            inbox_.add(replay_dead_letter{.what = std::move(one)});
            ++count;
        }
        if (count == 0 && rest != "replay") {
            std::move(*shared).send(http::problem(
                404, "no-such-dead-letter", "There is no such dead letter",
                "GET /api/v1/dead-letters lists them."
            ));
            return;
        }
        std::move(*shared).send(json_response(202, {{"replayed", count}}));
    }});
}

}  // namespace tertulia::gateway
