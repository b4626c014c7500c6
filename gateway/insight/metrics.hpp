// The counters every part of the gateway keeps, and their Prometheus text. One object, made by main
// and lent to whoever counts. No label ever holds a person, a number or a message.
//
// Threads: counting is from any thread.

#pragma once

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <memory>
#include <string>

namespace tertulia::gateway {

class metrics {
private:
    // First: the members below are made in it.
    std::shared_ptr<prometheus::Registry> registry_{std::make_shared<prometheus::Registry>()};

public:
    metrics();

    // Webhooks, by channel.
    prometheus::Family<prometheus::Counter>& webhooks;          // channel, answer = "200", "401"…
    prometheus::Family<prometheus::Counter>& malformed;         // channel
    prometheus::Family<prometheus::Counter>& notices;           // channel, field
    prometheus::Family<prometheus::Counter>& refused_callers;   // channel

    // Asking providers' lists.
    prometheus::Family<prometheus::Counter>& polls;      // channel, outcome = "read", "failed"
    prometheus::Family<prometheus::Counter>& recovered;  // channel, what = "message", "send"

    // Turns.
    prometheus::Counter& events;
    prometheus::Counter& duplicates;
    prometheus::Counter& turns;
    prometheus::Counter& dead_letters;
    prometheus::Counter& refused_full;    // answered 503: the queue was full
    prometheus::Counter& commits;
    prometheus::Counter& commit_failures;
    prometheus::Gauge& queue_events;
    prometheus::Histogram& batch_events;
    prometheus::Histogram& commit_seconds;

    // Delivery, by channel.
    prometheus::Family<prometheus::Counter>& sends;     // channel, outcome = "accepted", "failed"…
    prometheus::Family<prometheus::Counter>& statuses;  // channel, status
    prometheus::Gauge& outbox_waiting;
    prometheus::Family<prometheus::Gauge>& lines_up;  // channel; 1: it is bound to its SMSC

    // What the provider says of our account, by channel.
    prometheus::Family<prometheus::Gauge>& channel_stopped;    // 1: nothing is sent
    prometheus::Family<prometheus::Gauge>& bulk_paused;        // 1: nudges and bulk wait
    prometheus::Family<prometheus::Gauge>& templates_stopped;  // how many
    prometheus::Family<prometheus::Gauge>& people_limit;       // a day; -1: none
    prometheus::Family<prometheus::Gauge>& people_started;     // of those, written to first
    prometheus::Family<prometheus::Counter>& priced;           // channel, category, type
    prometheus::Counter& blocked;                              // messages of people we blocked
    prometheus::Family<prometheus::Counter>& received_media;  // outcome = "kept", "retried", "failed"

    prometheus::Family<prometheus::Counter>& cases;  // kind, what = "opened", "taken", "late_person"…

    prometheus::Gauge& ready;  // 1: every part is

    [[nodiscard]] std::string text() const;  // the exposition format, version 0.0.4
};

}  // namespace tertulia::gateway
