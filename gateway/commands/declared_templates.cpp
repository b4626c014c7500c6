#include "gateway/commands/declared_templates.hpp"

#include "dialogs/script/program.hpp"

namespace tertulia::gateway {

std::vector<declared_template> declared_templates(const dialogs::script_set& scripts) {
    using adapters::whatsapp_cloud::template_gaps;
    std::vector<declared_template> all;
    const auto& words = *scripts.compiled().words;
    for (std::uint32_t i = 0; i < words.size(); ++i) {
        const dialogs::message_id what{i};
        for (const auto& form : words.forms(what)) {
            if (!form.approved) continue;
            const auto& its = *form.approved;
            const bool marketing = its.category == dialogs::template_category::marketing;
            all.push_back(
                {.name = its.name,
                 .language = its.language,
                 .category = marketing ? "MARKETING" : "UTILITY",
                 .header = template_gaps(its.header),
                 .body = template_gaps(its.body),
                 .quick_replies = its.picks.size(),
                 .message = words.key(what)}
            );
        }
    }
    return all;
}

}  // namespace tertulia::gateway
