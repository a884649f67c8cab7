#include "xml.h"

#include <expat.h>

#include <cstring>
#include <memory>
#include <vector>

#include "numbers.h"

namespace haar {
namespace {

/// The elements that matter, by the way that leads to them. Whatever else a file holds is passed over.
enum place : uint8_t {
    document, storage, root, stage_type, feature_type, height, width, feature_params, max_cat_count, stages, one_stage,
    stage_threshold, weak_classifiers, weak_classifier, internal_nodes, leaf_values, features, one_feature, rectangles,
    one_rectangle, tilted, nothing,
};

struct step {
    place inside;
    const char *name;
    place leads_to;
    bool is_repeated;
};

constexpr step steps[] = {
    {document, "opencv_storage", storage, false},
    {storage, "cascade", root, false},
    {root, "stageType", stage_type, false},
    {root, "featureType", feature_type, false},
    {root, "height", height, false},
    {root, "width", width, false},
    {root, "featureParams", feature_params, false},
    {feature_params, "maxCatCount", max_cat_count, false},
    {root, "stages", stages, false},
    {stages, "_", one_stage, true},
    {one_stage, "stageThreshold", stage_threshold, false},
    {one_stage, "weakClassifiers", weak_classifiers, false},
    {weak_classifiers, "_", weak_classifier, true},
    {weak_classifier, "internalNodes", internal_nodes, false},
    {weak_classifier, "leafValues", leaf_values, false},
    {root, "features", features, false},
    {features, "_", one_feature, true},
    {one_feature, "rects", rectangles, false},
    {rectangles, "_", one_rectangle, true},
    {one_feature, "tilted", tilted, false},
};

class reader {
public:
    explicit reader(cascade &into) : into_(into), parser_(XML_ParserCreate("UTF-8"), XML_ParserFree) {}

    bool run(const uint8_t *bytes, size_t size, std::string &fault) {
        if (!parser_) throw std::bad_alloc();
        XML_SetUserData(parser_.get(), this);
        XML_SetElementHandler(parser_.get(), on_start, on_end);
        XML_SetCharacterDataHandler(parser_.get(), on_text);
        // Without a document type there are no entities to expand but the five of XML itself.
        XML_SetStartDoctypeDeclHandler(parser_.get(), on_document_type);
        const XML_Status status = XML_Parse(parser_.get(), reinterpret_cast<const char *>(bytes), int(size), 1);
        if (is_out_of_memory_) throw std::bad_alloc();
        if (fault_.empty() && status != XML_STATUS_OK) {
            refuse(std::string("it is not well-formed XML: ") + XML_ErrorString(XML_GetErrorCode(parser_.get())));
        }
        if (fault_.empty()) finish();
        fault = fault_;
        return fault.empty();
    }

private:
    struct level {
        place at;
        uint32_t seen;  // places inside it that were entered
    };

    // expat calls these from C: no exception may leave them.
    template <typename Action>
    static void guarded(void *self, Action action) {
        reader &me = *static_cast<reader *>(self);
        if (!me.fault_.empty() || me.is_out_of_memory_) return;
        try {
            action(me);
        } catch (const std::bad_alloc &) {
            me.is_out_of_memory_ = true;
            XML_StopParser(me.parser_.get(), XML_FALSE);
        }
    }
    static void XMLCALL on_start(void *self, const XML_Char *name, const XML_Char **) {
        guarded(self, [&](reader &me) { me.enter(name); });
    }
    static void XMLCALL on_end(void *self, const XML_Char *) {
        guarded(self, [](reader &me) { me.leave(); });
    }
    static void XMLCALL on_text(void *self, const XML_Char *text, int length) {
        guarded(self, [&](reader &me) { me.add(text, size_t(length)); });
    }
    static void XMLCALL on_document_type(void *self, const XML_Char *, const XML_Char *, const XML_Char *, int) {
        guarded(self, [](reader &me) { me.refuse("it declares a document type, which a cascade has not"); });
    }

    void refuse(const std::string &what) {
        if (!fault_.empty()) return;
        fault_ = "line " + std::to_string(XML_GetCurrentLineNumber(parser_.get())) + ": " + what;
        XML_StopParser(parser_.get(), XML_FALSE);
    }

    void enter(const char *name) {
        if (levels_.size() > limit::depth) return refuse("its elements are nested too deeply");
        level &outer = levels_.back();
        place at = nothing;
        for (const step &each : steps) {
            if (each.inside != outer.at || std::strcmp(each.name, name) != 0) continue;
            const uint32_t bit = 1u << each.leads_to;
            if (!each.is_repeated && (outer.seen & bit)) return refuse(std::string("a second ") + each.name);
            outer.seen |= bit;
            at = each.leads_to;
        }
        if (outer.at == storage && at == nothing)
            return refuse("it is not a cascade in the format of OpenCV 2.4 and later (opencv-cascade-classifier)");
        if (at == one_stage && into_.stages.size() == limit::stages) return refuse("too many stages");
        if (at == weak_classifier && into_.trees.size() == limit::trees) return refuse("too many trees");
        if (at == one_feature && into_.features.size() == limit::features) return refuse("too many features");
        if (at == one_stage) into_.stages.emplace_back();
        if (at == weak_classifier) begin_tree();
        if (at == one_feature) begin_feature();
        levels_.push_back({at, 0});
        text_.clear();
    }

    void add(const char *text, size_t length) {
        if (levels_.back().at == nothing) return;
        if (length > limit::text - text_.size()) return refuse("an element has too much text");
        text_.append(text, length);
    }

    void leave() {
        const level inner = levels_.back();
        levels_.pop_back();
        numbers values(text_);
        switch (inner.at) {
        case stage_type: return expect_word("BOOST", "a stageType that is not BOOST");
        case feature_type: return expect_word("HAAR", "a featureType that is not HAAR");
        case height: return one(values, into_.height, "height");
        case width: return one(values, into_.width, "width");
        case max_cat_count: return check_categories(values);
        case stage_threshold: return read_threshold(values);
        case internal_nodes: return read_nodes(values);
        case leaf_values: return read_leaves(values);
        case one_rectangle: return read_rectangle(values);
        case tilted: return read_tilted(values);
        case one_stage: return need(inner, {{stage_threshold, "stageThreshold"}, {weak_classifier, "trees"}}, "a stage");
        case weak_classifiers:
            // Seen from the stage, so that one without trees is noticed there.
            levels_.back().seen |= inner.seen;
            return;
        case weak_classifier: return end_tree();
        case rectangles:
            levels_.back().seen |= inner.seen;
            return;
        case one_feature: return need(inner, {{one_rectangle, "rectangles"}}, "a feature");
        case root:
            return need(
                inner, {{stage_type, "stageType"}, {feature_type, "featureType"}, {height, "height"}, {width, "width"}},
                "the cascade");
        default: return;
        }
    }

    struct needed {
        place at;
        const char *name;
    };
    void need(const level &inner, std::initializer_list<needed> parts, const char *whole) {
        for (const needed &each : parts) {
            if (inner.seen & (1u << each.at)) continue;
            return refuse(std::string(whole) + " without " + each.name);
        }
    }

    void expect_word(const char *word, const char *fault) {
        if (text_ != word) refuse(fault);
    }

    template <typename Number>
    void one(numbers &values, Number &value, const char *name) {
        if (!values.next(value) || !values.at_end()) refuse(std::string(name) + " is not one number");
    }

    void check_categories(numbers &values) {
        int count = 0;
        one(values, count, "maxCatCount");
        if (count != 0) refuse("it asks for categories, which Haar features have not");
    }

    void read_threshold(numbers &values) {
        float value = 0;
        one(values, value, "stageThreshold");
        // OpenCV lowers it by this much, in single precision.
        into_.stages.back().threshold = value - 1e-5f;
    }

    void begin_tree() {
        into_.trees.emplace_back();
        ++into_.stages.back().trees;
        first_leaf_ = into_.leaves.size();
    }

    void read_nodes(numbers &values) {
        int &count = into_.trees.back().nodes;
        for (; !values.at_end(); ++count) {
            node each;
            if (!values.next(each.left) || !values.next(each.right) || !values.next(each.feature) ||
                !values.next(each.threshold))
                return refuse("internalNodes is not a list of two branches, a feature and a threshold each");
            if (size_t(count) == limit::tree_nodes) return refuse("a tree has too many nodes");
            into_.nodes.push_back(each);
        }
    }

    void read_leaves(numbers &values) {
        while (!values.at_end()) {
            float leaf = 0;
            if (!values.next(leaf)) return refuse("leafValues is not a list of numbers");
            into_.leaves.push_back(leaf);
        }
    }

    void end_tree() {
        const size_t nodes = size_t(into_.trees.back().nodes), leaves = into_.leaves.size() - first_leaf_;
        if (nodes == 0) return refuse("a tree without nodes");
        if (leaves != nodes + 1)
            refuse("a tree of " + std::to_string(nodes) + " nodes has " + std::to_string(leaves) + " leaves");
    }

    void begin_feature() {
        into_.features.emplace_back();
        rectangles_ = 0;
    }

    void read_rectangle(numbers &values) {
        if (rectangles_ == feature::most) return refuse("a feature of more than three rectangles");
        feature::rectangle &part = into_.features.back().rectangles[rectangles_++];
        if (!values.next(part.x) || !values.next(part.y) || !values.next(part.width) || !values.next(part.height) ||
            !values.next(part.weight) || !values.at_end())
            refuse("a rectangle is not four whole numbers and a weight");
    }

    void read_tilted(numbers &values) {
        int value = 0;
        one(values, value, "tilted");
        into_.features.back().is_tilted = value != 0;
    }

    /// In a cascade of stumps OpenCV takes the first leaf for the left one, whatever the node says.
    void finish() {
        bool are_stumps = true;
        for (const tree &each : into_.trees) are_stumps = are_stumps && each.nodes == 1;
        for (node &each : into_.nodes) {
            if (are_stumps) each.left = 0, each.right = -1;
        }
        fault_ = into_.fault();
    }

    cascade &into_;
    std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser_;
    std::vector<level> levels_{{document, 0}};
    std::string text_, fault_;
    size_t first_leaf_ = 0;
    int rectangles_ = 0;
    bool is_out_of_memory_ = false;
};

}  // namespace

bool read_xml(const uint8_t *bytes, size_t size, cascade &into, std::string &fault) {
    if (size > limit::file) {
        fault = "it is larger than " + std::to_string(limit::file >> 20) + " MB";
        return false;
    }
    return reader(into).run(bytes, size, fault);
}

}  // namespace haar
