#include "gateway/insight/metrics.hpp"

#include <prometheus/text_serializer.h>

namespace tertulia::gateway {
namespace {

using prometheus::Counter;
using prometheus::Family;
using prometheus::Gauge;
using prometheus::Histogram;
using prometheus::Registry;

Family<Counter>& counters(Registry& in, const char* name, const char* help) {
    return prometheus::BuildCounter().Name(name).Help(help).Register(in);
}
Counter& counter(Registry& in, const char* name, const char* help) {
    return counters(in, name, help).Add({});
}
Family<Gauge>& gauges(Registry& in, const char* name, const char* help) {
    return prometheus::BuildGauge().Name(name).Help(help).Register(in);
}
Gauge& gauge(Registry& in, const char* name, const char* help) {
    return prometheus::BuildGauge().Name(name).Help(help).Register(in).Add({});
}
Histogram& histogram(
    Registry& in, const char* name, const char* help, const Histogram::BucketBoundaries& bounds
) {
    return prometheus::BuildHistogram().Name(name).Help(help).Register(in).Add({}, bounds);
}

}  // namespace

metrics::metrics()
    : webhooks{counters(*registry_, "tertulia_webhooks_total", "Webhook requests by answer")},
      malformed{counters(
          *registry_, "tertulia_malformed_elements_total", "Elements of webhooks not understood"
      )},
      notices{counters(*registry_, "tertulia_channel_notices_total", "Account notices by field")},
      refused_callers{counters(
          *registry_, "tertulia_refused_callers_total", "Callers that no allow_from names"
      )},
      polls{counters(*registry_, "tertulia_polls_total", "Pages of providers' lists by outcome")},
      recovered{counters(
          *registry_, "tertulia_recovered_total",
          "Messages that had not reached us, and sends without an answer, found on a list"
      )},
      events{counter(*registry_, "tertulia_events_total", "Events admitted")},
      duplicates{counter(*registry_, "tertulia_duplicates_total", "Events delivered again")},
      turns{counter(*registry_, "tertulia_turns_total", "Turns committed")},
      dead_letters{counter(*registry_, "tertulia_dead_letters_total", "Events that no step took")},
      refused_full{
          counter(*registry_, "tertulia_refused_full_total", "Requests refused: queue full")},
      commits{counter(*registry_, "tertulia_commits_total", "Transactions committed")},
      commit_failures{
          counter(*registry_, "tertulia_commit_failures_total", "Transactions that failed")},
      queue_events{gauge(*registry_, "tertulia_queue_events", "Events waiting for a turn")},
      batch_events{histogram(
          *registry_, "tertulia_batch_events", "Events per transaction",
          {1, 4, 16, 64, 256, 1024, 4096}
      )},
      commit_seconds{histogram(
          *registry_, "tertulia_commit_seconds", "Time of a transaction's commit",
          {0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1}
      )},
      sends{counters(*registry_, "tertulia_sends_total", "Sends by outcome")},
      statuses{counters(*registry_, "tertulia_statuses_total", "Delivery statuses by kind")},
      outbox_waiting{gauge(*registry_, "tertulia_outbox_waiting", "Messages not yet accepted")},
      lines_up{prometheus::BuildGauge()
                   .Name("tertulia_line_up")
                   .Help("1 while a channel's own line is up")
                   .Register(*registry_)},
      channel_stopped{gauges(
          *registry_, "tertulia_channel_stopped", "1 while a channel sends nothing"
      )},
      bulk_paused{gauges(*registry_, "tertulia_bulk_paused", "1 while nudges and bulk wait")},
      templates_stopped{gauges(
          *registry_, "tertulia_templates_stopped", "Templates the provider does not take"
      )},
      people_limit{gauges(
          *registry_, "tertulia_people_limit", "People we may write to first in 24 hours, -1: any"
      )},
      people_started{gauges(
          *registry_, "tertulia_people_started", "People written to first within 24 hours"
      )},
      priced{counters(
          *registry_, "tertulia_priced_messages_total", "Delivered messages by category and price"
      )},
      blocked{counter(
          *registry_, "tertulia_blocked_messages_total", "Messages of people who are blocked"
      )},
      received_media{counters(
          *registry_, "tertulia_received_media_total", "Files people sent, by what came of a try"
      )},
      cases{counters(*registry_, "tertulia_cases_total", "What became of cases, by kind")},
      ready{gauge(*registry_, "tertulia_ready", "1 when every part is ready")} {}

std::string metrics::text() const {
    return prometheus::TextSerializer{}.Serialize(registry_->Collect());
}

}  // namespace tertulia::gateway
