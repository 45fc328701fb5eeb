/// The kinds of changes, each with its level and the reason.
///
/// A change is major if a call that was written before no longer compiles, if an unchanged call sends another request, is refused
/// before it is sent, or is given something else; minor if unchanged calls stay as they are and more can be said or read; a patch
/// if nobody sees it but readers.
package enum ChangeRule: String, Sendable, CaseIterable {
    // Endpoints
    case endpointRemoved, endpointAdded, endpointRenamed, methodRenamed
    case httpMethodChanged, pathChanged, hostChanged, announcementChanged
    case tokenChanged, envelopeChanged, bodyEncodingChanged, mediaTypeChanged
    // What is sent
    case argumentRemoved, requiredArgumentAdded, optionalArgumentAdded, defaultArgumentAdded
    case argumentsReordered, argumentMoved, argumentRenamed
    case argumentRequired, argumentRelaxed, defaultChanged
    case constantAdded, constantRemoved, constantChanged
    case constraintTightened, constraintRelaxed, patternChanged, encodingChanged
    // What is received
    case responseChanged, payloadAdded, fieldRemoved, fieldAdded, fieldRenamed, fieldsReordered
    case fieldOptional, fieldRequired, lenientReadingAdded, lenientReadingRemoved, responseConstraintChanged
    case responseHeadersChanged, errorResponseChanged, streamChanged, emptyResponseChanged
    // Types
    case typeRemoved, typeAdded, typeRenamed, inlineTypeRenamed, typeChanged, nullabilityChanged, nullAllowed
    case enumerationCaseAdded, enumerationCaseRemoved, enumerationCaseRenamed, enumerationValueChanged
    case unionCaseAdded, unionCaseRemoved, discriminatorChanged, mapChanged
    // Behaviour
    case pagerAdded, pagerRemoved, pagerRenamed, pagerChanged, pagerEndChanged
    case batchAdded, batchRemoved, batchChanged
    case waitAdded, waitRemoved, waitRenamed, waitChanged, waitTimesChanged
    case partialChanged, checksumChanged
    case idempotenceChanged, destructiveChanged, rateChanged
    case errorRuleAdded, errorRuleRemoved, errorKindChanged, errorRetryChanged, remedyChanged
    // The service
    case serviceRenamed, baseURLChanged, variableAdded, variableRemoved, variableWidened, variableNarrowed
    case variableDefaultChanged, fixedHeaderChanged, schemeChanged, credentialsChanged, timeZoneChanged
    case insecureAllowed, insecureForbidden, rateProfileAdded, rateProfileRemoved, environmentChanged, accountChanged
    // Texts
    case deprecated, undeprecated, sensitivityChanged, textChanged, exampleChanged
}

extension ChangeRule {
    /// How much such a change asks of callers.
    package var level: ChangeLevel { facts.level }
    /// Whom it concerns.
    package var side: Side { facts.side }
    /// Why it has its level.
    package var reason: String { facts.reason }

    /// Whom a change concerns.
    package enum Side: String, Sendable {
        /// Those who write calls.
        case swift
        /// Those who see requests and responses: servers, proxies, stubs, recordings.
        case wire
        /// Both.
        case both
        /// Those who read.
        case readers
    }

    // The table.
    private var facts: (level: ChangeLevel, side: Side, reason: String) {
        switch self {
        case .endpointRemoved: (.major, .both, "calls of it no longer compile")
        case .endpointAdded: (.minor, .both, "there is one call more")
        case .endpointRenamed: (.major, .swift, "calls by the old name no longer compile")
        case .methodRenamed: (.major, .swift, "calls by the old name no longer compile")
        case .httpMethodChanged: (.major, .wire, "an unchanged call sends another request")
        case .pathChanged: (.major, .wire, "an unchanged call sends another request")
        case .hostChanged: (.major, .both, "the call goes elsewhere, and takes its address in another way")
        case .announcementChanged: (.patch, .readers, "the argument is the same; where it comes from is text")
        case .tokenChanged:
            (.major, .wire, "an unchanged call sends a token where it sent none, or none where it sent one")
        case .envelopeChanged: (.major, .wire, "the payload is read from another place of the response")
        case .bodyEncodingChanged: (.major, .wire, "an unchanged call sends another body")
        case .mediaTypeChanged: (.major, .wire, "an unchanged call names another media type")

        case .argumentRemoved: (.major, .both, "calls that give it no longer compile")
        case .requiredArgumentAdded: (.major, .both, "calls without it no longer compile")
        case .optionalArgumentAdded: (.minor, .swift, "calls without it compile, and send what they sent")
        case .defaultArgumentAdded: (.major, .wire, "an unchanged call sends the default, too")
        case .argumentsReordered: (.major, .swift, "Swift's arguments have an order")
        case .argumentMoved: (.major, .wire, "an unchanged call sends the value in another place of the request")
        case .argumentRenamed: (.major, .swift, "calls with the old label no longer compile")
        case .argumentRequired: (.major, .both, "calls without it no longer compile")
        case .argumentRelaxed: (.minor, .swift, "it may be left out; calls that give it send what they sent")
        case .defaultChanged: (.major, .wire, "a call that leaves it out sends another value")
        case .constantAdded: (.major, .wire, "an unchanged call sends a value more")
        case .constantRemoved: (.major, .wire, "an unchanged call no longer sends the value")
        case .constantChanged: (.major, .wire, "an unchanged call sends another value")
        case .constraintTightened: (.major, .swift, "values that were sent are refused before they are sent")
        case .constraintRelaxed: (.minor, .swift, "more values may be sent")
        case .patternChanged: (.major, .swift, "values that were sent may be refused before they are sent")
        case .encodingChanged: (.major, .wire, "an unchanged value is written in another way")

        case .responseChanged: (.major, .swift, "the method returns another type")
        case .payloadAdded: (.minor, .swift, "calls compile, with a warning of the unused result")
        case .fieldRemoved: (.major, .swift, "code that reads it no longer compiles")
        case .fieldAdded:
            (.minor, .swift, "there is one property more; only code that constructs the value, such as a fake, breaks")
        case .fieldRenamed: (.major, .swift, "code that reads it by the old name no longer compiles")
        case .fieldsReordered: (.patch, .readers, "fields are read by name; only code that constructs the value breaks")
        case .fieldOptional: (.major, .swift, "the property becomes optional")
        case .fieldRequired: (.major, .swift, "the property is no longer optional, and a response without it fails")
        case .lenientReadingAdded: (.patch, .wire, "responses that failed are read")
        case .lenientReadingRemoved: (.major, .wire, "responses that were read fail")
        case .responseConstraintChanged: (.patch, .readers, "responses are not checked against it")
        case .responseHeadersChanged:
            (.major, .swift, "the method returns header fields where it returned none, or the reverse")
        case .errorResponseChanged: (.major, .swift, "the body of a failure is read as another type")
        case .streamChanged: (.major, .both, "elements come in another way")
        case .emptyResponseChanged:
            (.major, .swift, "the method returns an optional where it returned none, or the reverse")

        case .typeRemoved: (.major, .swift, "code that names it no longer compiles")
        case .typeAdded: (.minor, .swift, "there is one type more")
        case .typeRenamed: (.major, .swift, "code that names it no longer compiles")
        case .inlineTypeRenamed:
            (.patch, .readers, "a scalar is written out where it is used, and has no name in Swift")
        case .typeChanged: (.major, .swift, "values have another type in Swift")
        case .nullabilityChanged: (.major, .swift, "values are optional where they were not, or the reverse")
        case .nullAllowed: (.minor, .swift, "calls that give a value compile, and send what they sent")
        case .enumerationCaseAdded: (.minor, .swift, "enumerations are open: a switch over one has a default")
        case .enumerationCaseRemoved: (.major, .swift, "code that names it no longer compiles")
        case .enumerationCaseRenamed: (.major, .swift, "code that names it no longer compiles")
        case .enumerationValueChanged: (.major, .wire, "the same case is sent as another value")
        case .unionCaseAdded: (.major, .swift, "a switch over all cases no longer compiles")
        case .unionCaseRemoved: (.major, .swift, "code that names it no longer compiles")
        case .discriminatorChanged: (.major, .wire, "values are told apart in another way")
        case .mapChanged: (.major, .swift, "an object takes other fields where it took none, or the reverse")

        case .pagerAdded: (.minor, .swift, "there is one method more")
        case .pagerRemoved: (.major, .swift, "calls of the pager no longer compile")
        case .pagerRenamed: (.major, .swift, "calls of the pager no longer compile")
        case .pagerChanged:
            (.major, .both, "the pager takes other arguments, asks in another way or yields other items")
        case .pagerEndChanged: (.minor, .wire, "the same method; the list ends, or is filtered, by another rule")
        case .batchAdded: (.minor, .swift, "there is one method more")
        case .batchRemoved: (.major, .swift, "calls of it no longer compile")
        case .batchChanged: (.major, .both, "the method has another name, or splits or collects something else")
        case .waitAdded: (.minor, .swift, "there is one method more")
        case .waitRemoved: (.major, .swift, "calls of it no longer compile")
        case .waitRenamed: (.major, .swift, "calls of it no longer compile")
        case .waitChanged: (.minor, .wire, "the same method; the wait ends by another rule")
        case .waitTimesChanged: (.patch, .wire, "the same method; it only asks at other times")
        case .partialChanged: (.minor, .swift, "the same method; what failed in part is told otherwise")
        case .checksumChanged: (.minor, .wire, "the same bytes; whether they are checked changes")
        case .idempotenceChanged: (.minor, .wire, "the same request; whether it is repeated after a failure changes")
        case .destructiveChanged: (.minor, .swift, "the same call; a terminal program asks first, or no longer does")
        case .rateChanged: (.patch, .wire, "the same request; only the time between two calls changes")
        case .errorRuleAdded: (.minor, .swift, "a failure is told more exactly")
        case .errorRuleRemoved: (.major, .swift, "a failure no longer has its kind")
        case .errorKindChanged: (.major, .swift, "code that handles a failure by its kind misses it")
        case .errorRetryChanged: (.minor, .wire, "the same failure; what is done after it changes")
        case .remedyChanged: (.patch, .readers, "only a text changes")

        case .serviceRenamed: (.major, .swift, "the client has another name")
        case .baseURLChanged: (.major, .wire, "an unchanged call goes elsewhere")
        case .variableAdded: (.minor, .swift, "the client takes one argument more, which may be left out")
        case .variableRemoved: (.major, .swift, "clients that are made with it no longer compile")
        case .variableWidened: (.minor, .swift, "more values are allowed")
        case .variableNarrowed: (.major, .swift, "values that were allowed are refused")
        case .variableDefaultChanged: (.major, .wire, "an unchanged client calls another address")
        case .fixedHeaderChanged: (.major, .wire, "every request has other header fields")
        case .schemeChanged: (.major, .wire, "every request carries the token in another way")
        case .credentialsChanged: (.major, .swift, "tokens are made in another way")
        case .timeZoneChanged: (.major, .both, "times without an offset mean others")
        case .insecureAllowed: (.minor, .swift, "more addresses are allowed")
        case .insecureForbidden: (.major, .swift, "addresses that were allowed are refused")
        case .rateProfileAdded: (.minor, .swift, "there is one profile more")
        case .rateProfileRemoved: (.major, .swift, "clients that name it are refused")
        case .environmentChanged: (.minor, .swift, "the same calls; terminal programs read other variables")
        case .accountChanged: (.patch, .readers, "the same calls; terminal programs show other fields")

        case .deprecated: (.minor, .swift, "the same call; the compiler warns of it")
        case .undeprecated: (.patch, .swift, "the same call; the compiler no longer warns")
        case .sensitivityChanged: (.patch, .readers, "the same values; messages show them or replace them")
        case .textChanged: (.patch, .readers, "only a text changes")
        case .exampleChanged: (.patch, .readers, "only an example changes")
        }
    }
}
