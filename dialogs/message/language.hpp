// Languages are BCP 47 tags as operators write them ("es", "es-GT", "fr"), interned small.

#pragma once

#include <string>

namespace tertulia {

using language_tag = std::string;  // short enough for the small-string buffer

}  // namespace tertulia
