// The part of `tertulia meeting` that asks the running gateway: what meetings there are, making one,
// how one stands, what an officer does in it, its log and its minutes.

#pragma once

namespace CLI {
class App;
}

namespace tertulia::gateway {

void add_meeting_admin(CLI::App& meeting, int& exit_code);

}  // namespace tertulia::gateway
