// `template:` of a message: the approved template it is sent by after 24 hours of silence.

#pragma once

#include "dialogs/script/yaml_tree.hpp"
#include "dialogs/wording/message_template.hpp"

#include <optional>
#include <string>

namespace tertulia::dialogs {

// Of the message `key`. Nothing where no template can be made of it; what is wrong is noted.
[[nodiscard]] std::optional<template_source> read_template(
    const std::string& key, const yaml_entry& entry, findings& noted
);

}  // namespace tertulia::dialogs
